package matchback.deliver.mmp;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import matchback.deliver.Judgement;
import matchback.deliver.platform.Batch;
import matchback.deliver.platform.Connection;
import matchback.deliver.platform.Entry;
import matchback.deliver.platform.Json;
import matchback.deliver.platform.Letter;
import matchback.deliver.platform.Mapping;
import matchback.deliver.platform.Platform;
import matchback.deliver.platform.Reply;
import matchback.deliver.platform.Telling;
import matchback.model.Field;
import matchback.model.catalog.DestinationType;
import matchback.model.catalog.DestinationType.Setting;

/// Branch's Events API (help.branch.io/apidocs/logstandardevents, help.branch.io/apidocs/events,
/// looked at on 2026-11-23). What could not be confirmed stands in docs/adapters/branch.md.
public final class Branch {
    private static final String NAME = "Branch";
    private static final String BRANCH_KEY = "branch-key";
    private static final String TEST_KEY = "test-key";
    private static final String CONSENT = "dma-consent";

    /// Every other name is an event of one's own, which goes to another address.
    private static final Set<String> STANDARD =
            Set.of(
                    "ADD_TO_CART",
                    "ADD_TO_WISHLIST",
                    "VIEW_CART",
                    "INITIATE_PURCHASE",
                    "ADD_PAYMENT_INFO",
                    "CLICK_AD",
                    "PURCHASE",
                    "SPEND_CREDITS",
                    "VIEW_AD",
                    "SEARCH",
                    "VIEW_ITEM",
                    "VIEW_ITEMS",
                    "RATE",
                    "SHARE",
                    "INITIATE_STREAM",
                    "COMPLETE_STREAM",
                    "COMPLETE_REGISTRATION",
                    "COMPLETE_TUTORIAL",
                    "ACHIEVE_LEVEL",
                    "UNLOCK_ACHIEVEMENT",
                    "INVITE",
                    "LOGIN",
                    "START_TRIAL",
                    "SUBSCRIBE");

    private static final DestinationType TYPE =
            new DestinationType(
                    "branch",
                    NAME,
                    "Tells Branch of what happened outside the app, as an event of its user.",
                    List.of(
                            Setting.secret(
                                            BRANCH_KEY,
                                            "Branch key",
                                            "Branch, Configuration, Security & Access, Credentials:"
                                                    + " it begins with key_live_.")
                                    .like("key_(live|test)_\\S+"),
                            Setting.optionalSecret(
                                            TEST_KEY,
                                            "Branch key for tests",
                                            "The one that begins with key_test_; a test goes out"
                                                    + " with it.")
                                    .like("key_test_\\S+"),
                            Setting.optional(
                                            CONSENT,
                                            "Tell of consent",
                                            "reported: dma_eea and the two answers when the report"
                                                    + " says ad_user_data and"
                                                    + " ad_personalization.")
                                    .otherwise("reported")
                                    .oneOf("reported", "never"),
                            Partners.maxAge(
                                    "1",
                                    "Older conversions are not sent: Branch dates every event to"
                                            + " its arrival."),
                            Partners.endpoint("https://api2.branch.io/v2/event")),
                    Partners.eventNames(
                            "PURCHASE",
                            Map.of(
                                    "registration",
                                    "COMPLETE_REGISTRATION",
                                    "complete_registration",
                                    "COMPLETE_REGISTRATION",
                                    "signup",
                                    "COMPLETE_REGISTRATION",
                                    "subscription",
                                    "SUBSCRIBE",
                                    "subscribe",
                                    "SUBSCRIBE",
                                    "trial",
                                    "START_TRIAL",
                                    "add_to_cart",
                                    "ADD_TO_CART",
                                    "checkout",
                                    "INITIATE_PURCHASE",
                                    "view_content",
                                    "VIEW_ITEM")),
                    Partners.MOMENTS,
                    "adapters/branch.md");

    private static final Mapping<Telling> EVENT =
            new Mapping<>(
                    List.of(
                            Entry.text("name", Telling::eventName),
                            Entry.text("user_data.os", Partners::system),
                            Partners.device("user_data.idfa", Field.IDFA),
                            Partners.device("user_data.idfv", Field.IDFV),
                            Partners.device("user_data.aaid", Field.GAID),
                            Partners.device("user_data.android_id", Field.ANDROID_ID),
                            Entry.plain(
                                    "user_data.developer_identity",
                                    telling -> telling.user(Field.EXTERNAL_USER)),
                            Entry.plain("user_data.ip", Telling::address),
                            Entry.plain("user_data.user_agent", Telling::userAgent),
                            Entry.text(
                                    "user_data.country",
                                    telling ->
                                            telling.country().toUpperCase(java.util.Locale.ROOT)),
                            Entry.node("user_data.limit_ad_tracking", Branch::limited),
                            Entry.node("user_data.dma_eea", telling -> yes(isConsentTold(telling))),
                            Entry.node(
                                    "user_data.dma_ad_personalization",
                                    telling -> consent(telling, Field.AD_PERSONALIZATION)),
                            Entry.node(
                                    "user_data.dma_ad_user_data",
                                    telling -> consent(telling, Field.AD_USER_DATA)),
                            Entry.text("event_data.transaction_id", Telling::eventId),
                            Entry.number("event_data.revenue", Telling::amount),
                            Entry.text("event_data.currency", Partners::currency)));

    public static final Platform PLATFORM =
            new Platform(
                    TYPE,
                    1,
                    Partners.rules(NAME, Branch::testWithoutKey, Branch::withoutIdentity),
                    EVENT,
                    new Letter(
                            Branch::url,
                            _ -> Map.of("Accept", "application/json"),
                            Letter.Body.JSON,
                            new Mapping<>(List.of(Entry.text("branch_key", Branch::key)))),
                    Branch::judge);

    private Branch() {}

    private static String url(Connection connection, JsonNode event) {
        boolean isStandard = STANDARD.contains(event.path("name").asText());
        return connection.setting(Partners.ENDPOINT) + (isStandard ? "/standard" : "/custom");
    }

    private static String key(Batch batch) {
        boolean isTest = batch.parcels().stream().anyMatch(parcel -> parcel.shipment().isTest());
        return batch.connection().secret(isTest ? TEST_KEY : BRANCH_KEY);
    }

    private static Optional<JsonNode> limited(Telling telling) {
        return yes(telling.isLimited());
    }

    private static Optional<JsonNode> yes(boolean isSo) {
        return isSo ? Optional.of(Json.nodes().booleanNode(true)) : Optional.empty();
    }

    /// Branch takes both answers or none.
    private static boolean isConsentTold(Telling telling) {
        return telling.setting(CONSENT).equals("reported")
                && Partners.consent(telling, Field.AD_USER_DATA).isPresent()
                && Partners.consent(telling, Field.AD_PERSONALIZATION).isPresent();
    }

    private static Optional<JsonNode> consent(Telling telling, Field field) {
        return isConsentTold(telling)
                ? Partners.consent(telling, field).map(Json.nodes()::booleanNode)
                : Optional.empty();
    }

    private static Optional<String> testWithoutKey(Telling telling) {
        return telling.shipment().isTest() && telling.connection().secret(TEST_KEY).isEmpty()
                ? Optional.of(
                        "Set test-key first (Branch, Credentials, the key that begins with"
                                + " key_test_): without it the test would count as a conversion")
                : Optional.empty();
    }

    private static Optional<String> withoutIdentity(Telling telling) {
        return telling.user(Field.EXTERNAL_USER).isEmpty()
                ? Partners.oneOf(
                                NAME,
                                "idfa, gaid, idfv, android_id, user_id",
                                Field.IDFA,
                                Field.GAID,
                                Field.IDFV,
                                Field.ANDROID_ID)
                        .objection(telling)
                : Optional.empty();
    }

    private static Judgement judge(Reply reply) {
        var said = reply.body().at("/error/message").asText(reply.answer().body());
        return switch (reply.status()) {
            case 400, 413, 422 ->
                    said.contains("branch_key")
                            ? reply.park("Branch does not know this key. " + said)
                            : reply.refused(said);
            case 401, 403 -> reply.park("Branch refuses the key. " + said);
            case 404 -> reply.park("Branch does not know this endpoint. " + said);
            case 429 -> reply.pause(Duration.ZERO, said);
            default -> reply.byStatus(said);
        };
    }
}
