package matchback.deliver.reddit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import matchback.deliver.Judgement;
import matchback.deliver.platform.Batch;
import matchback.deliver.platform.Connection;
import matchback.deliver.platform.Entry;
import matchback.deliver.platform.Envelope;
import matchback.deliver.platform.Mapping;
import matchback.deliver.platform.Normalisers;
import matchback.deliver.platform.Platform;
import matchback.deliver.platform.Reply;
import matchback.deliver.platform.Rule;
import matchback.deliver.platform.Telling;
import matchback.model.Field;
import matchback.model.Percent;

/// Reddit Conversions API 3 as data: what is told, and how
/// (ads-api-reddit.netlify.app/docs/v3/guides/programs/capi/direct-integration, looked at on
/// 2026-11-23). What could not be confirmed there stands in docs/adapters/reddit.md.
public final class Reddit {
    private static final String NAME = "Reddit";
    private static final int BATCH_MAX = 1_000;

    /// Reddit's own types of events; any other goes under its name as a custom one.
    private static final Set<String> TYPES =
            Set.of(
                    "PAGE_VISIT",
                    "VIEW_CONTENT",
                    "SEARCH",
                    "ADD_TO_CART",
                    "ADD_TO_WISHLIST",
                    "PURCHASE",
                    "LEAD",
                    "SIGN_UP");

    private static final Mapping<Telling> EVENT =
            new Mapping<>(
                    List.of(
                            Entry.millis("event_at", Telling::happenedAt),
                            Entry.text(
                                    "action_source",
                                    telling -> telling.setting(RedditSettings.ACTION_SOURCE)),
                            Entry.text("event_source_url", Telling::page),
                            Entry.plain("click_id", Reddit::clickId),
                            Entry.text("type.tracking_type", Reddit::type),
                            Entry.text("type.custom_event_name", Reddit::customName),
                            Entry.hashed("user.email", Field.EMAIL, Normalisers::email),
                            Entry.hashed("user.phone_number", Field.PHONE, Normalisers::phoneE164),
                            Entry.hashed(
                                    "user.external_id",
                                    Field.EXTERNAL_USER,
                                    Normalisers::identifier),
                            Entry.plain("user.ip_address", Telling::address),
                            Entry.plain("user.user_agent", Telling::userAgent),
                            Entry.number("metadata.value", Telling::amount),
                            Entry.text(
                                    "metadata.currency",
                                    telling ->
                                            telling.amount().isPresent() ? telling.currency() : ""),
                            Entry.text("metadata.conversion_id", Telling::eventId)));

    public static final Platform PLATFORM =
            new Platform(
                    RedditSettings.TYPE,
                    BATCH_MAX,
                    List.of(
                            Reddit::testWithoutId,
                            Rule.momentsOfTheType(NAME),
                            Rule.unlessDenied(NAME),
                            Rule.youngerThan(Reddit::ageMax, NAME),
                            Reddit::withoutIdentifier),
                    EVENT,
                    new Envelope(
                            Reddit::url,
                            connection ->
                                    Map.of(
                                            "Authorization",
                                            "Bearer "
                                                    + connection.secret(
                                                            RedditSettings.ACCESS_TOKEN)),
                            "data.events",
                            new Mapping<>(List.of(Entry.text("data.test_id", Reddit::testId)))),
                    Reddit::judge);

    private Reddit() {}

    private static String url(Connection connection) {
        return "%s/pixels/%s/conversion_events"
                .formatted(
                        connection.setting(RedditSettings.ENDPOINT),
                        Percent.encode(connection.setting(RedditSettings.PIXEL_ID)));
    }

    private static String type(Telling telling) {
        var name = telling.eventName();
        return TYPES.contains(name) ? name : "CUSTOM";
    }

    private static String customName(Telling telling) {
        var name = telling.eventName();
        return TYPES.contains(name) ? "" : name;
    }

    private static Duration ageMax(Telling telling) {
        return Duration.ofDays(Long.parseLong(telling.setting(RedditSettings.MAX_AGE_DAYS)));
    }

    private static String testId(Batch batch) {
        boolean isTest = batch.parcels().stream().anyMatch(parcel -> parcel.shipment().isTest());
        return isTest ? batch.setting(RedditSettings.TEST_ID) : "";
    }

    private static String clickId(Telling telling) {
        return telling.clickId(telling.setting(RedditSettings.CLICK_ID_PARAMETER));
    }

    private static Optional<String> testWithoutId(Telling telling) {
        return telling.shipment().isTest() && telling.setting(RedditSettings.TEST_ID).isEmpty()
                ? Optional.of(
                        "Set test-id first (Reddit Events Manager, Test events): without it the"
                                + " test would count as a conversion")
                : Optional.empty();
    }

    private static Optional<String> withoutIdentifier(Telling telling) {
        boolean isKnown =
                !clickId(telling).isEmpty()
                        || !Entry.hash(telling, Field.EMAIL, Normalisers::email).isEmpty()
                        || !Entry.hash(telling, Field.PHONE, Normalisers::phoneE164).isEmpty()
                        || !telling.user(Field.EXTERNAL_USER).isEmpty()
                        || !telling.address().isEmpty();
        return isKnown
                ? Optional.empty()
                : Optional.of(
                        "Reddit could not match it: no rdt_cid, email, phone, external id or"
                                + " address is known. Keep rdt_cid in the tracking link, or let the"
                                + " report carry email or phone");
    }

    /// What its answers mean beyond their status is not documented where we could read it.
    private static Judgement judge(Reply reply) {
        var said = reply.answer().body();
        return switch (reply.status()) {
            case 400, 413, 422 -> reply.refused(said);
            case 401, 403 -> reply.park("Reddit refuses the access token. " + said);
            case 404 -> reply.park("Reddit does not know this pixel or endpoint. " + said);
            case 429 -> reply.pause(Duration.ZERO, said);
            default -> reply.byStatus(said);
        };
    }
}
