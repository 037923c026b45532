package matchback.deliver.mmp;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import matchback.deliver.Judgement;
import matchback.deliver.platform.Entry;
import matchback.deliver.platform.Json;
import matchback.deliver.platform.Letter;
import matchback.deliver.platform.Mapping;
import matchback.deliver.platform.Platform;
import matchback.deliver.platform.Reply;
import matchback.deliver.platform.Telling;
import matchback.model.Field;
import matchback.model.Percent;
import matchback.model.catalog.DestinationType;
import matchback.model.catalog.DestinationType.Setting;

/// AppsFlyer's server-to-server events (dev.appsflyer.com/hc/reference/s2s-events-api3-overview,
/// looked at on 2026-11-23). What could not be confirmed stands in docs/adapters/appsflyer.md.
public final class AppsFlyer {
    private static final String NAME = "AppsFlyer";
    private static final String APP_ID = "app-id";
    private static final String S2S_KEY = "s2s-key";
    private static final String BUNDLE = "bundle-identifier";
    private static final String BYTES_MAX = "max-bytes";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private static final DestinationType TYPE =
            new DestinationType(
                    "appsflyer",
                    NAME,
                    "Tells AppsFlyer of what happened outside the app, as an in-app event.",
                    List.of(
                            Setting.required(
                                            APP_ID,
                                            "App id",
                                            "As it stands in AppsFlyer's dashboard: of an iOS app"
                                                    + " with id in front, such as id123456789 (else"
                                                    + " AppsFlyer answers 200 and records nothing),"
                                                    + " of an Android app the package, such as"
                                                    + " com.example.app.")
                                    .like("(?!\\d+$)[\\w.-]{3,150}"),
                            Setting.secret(
                                    S2S_KEY,
                                    "S2S key",
                                    "AppsFlyer, Security center, Manage your AppsFlyer API and"
                                            + " Server-to-server tokens."),
                            Setting.optional(
                                    BUNDLE,
                                    "Bundle identifier",
                                    "Of an iOS app, such as com.example.app."),
                            Setting.optional(
                                            BYTES_MAX,
                                            "Largest event in bytes",
                                            "AppsFlyer takes no more than 1 KB; what is larger is"
                                                    + " not sent.")
                                    .otherwise("1024")
                                    .like("[1-9][0-9]{2,5}"),
                            Partners.maxAge(
                                    "7",
                                    "Older conversions are not sent. AppsFlyer's own limit could"
                                            + " not be confirmed."),
                            Partners.endpoint("https://api3.appsflyer.com/inappevent")),
                    Partners.eventNames(
                            "af_purchase",
                            Map.of(
                                    "registration",
                                    "af_complete_registration",
                                    "complete_registration",
                                    "af_complete_registration",
                                    "signup",
                                    "af_complete_registration",
                                    "subscription",
                                    "af_subscribe",
                                    "subscribe",
                                    "af_subscribe",
                                    "trial",
                                    "af_start_trial",
                                    "add_to_cart",
                                    "af_add_to_cart",
                                    "checkout",
                                    "af_initiated_checkout",
                                    "view_content",
                                    "af_content_view")),
                    Partners.MOMENTS,
                    "adapters/appsflyer.md");

    private static final Mapping<Telling> EVENT =
            new Mapping<>(
                    List.of(
                            Partners.device("appsflyer_id", Field.APPSFLYER_ID)
                                    .required(
                                            "Let the report or the tracking link carry"
                                                    + " appsflyer_id, which AppsFlyer's software in"
                                                    + " the app knows."),
                            Entry.plain(
                                    "customer_user_id",
                                    telling -> telling.user(Field.EXTERNAL_USER)),
                            Partners.device("advertising_id", Field.GAID),
                            Partners.device("idfa", Field.IDFA),
                            Partners.device("idfv", Field.IDFV),
                            Entry.plain("ip", Telling::address),
                            Entry.text("bundleIdentifier", telling -> telling.setting(BUNDLE)),
                            Entry.text("eventName", Telling::eventName),
                            Entry.node("eventValue", AppsFlyer::value),
                            Entry.text("eventTime", telling -> TIME.format(telling.happenedAt())),
                            Entry.text("eventCurrency", Partners::currency),
                            Entry.node("consent_data.manual", AppsFlyer::consent)));

    public static final Platform PLATFORM =
            new Platform(
                    TYPE,
                    1,
                    Partners.rules(NAME, Partners.noTests(NAME), AppsFlyer::tooLong),
                    EVENT,
                    new Letter(
                            (connection, _) ->
                                    connection.setting(Partners.ENDPOINT)
                                            + '/'
                                            + Percent.encode(connection.setting(APP_ID)),
                            connection -> Map.of("authentication", connection.secret(S2S_KEY)),
                            Letter.Body.JSON,
                            new Mapping<>(List.of())),
                    AppsFlyer::judge);

    private AppsFlyer() {}

    /// A JSON object written as a text, amounts in it as texts too.
    private static Optional<JsonNode> value(Telling telling) {
        var value = Json.object();
        telling.amount()
                .ifPresent(amount ->
                        value.put("af_revenue", amount.toPlainString())
                                .put("af_currency", telling.currency()));
        value.put("event_id", telling.eventId());
        return Optional.of(Json.nodes().textNode(Json.text(value)));
    }

    private static Optional<JsonNode> consent(Telling telling) {
        var data = Partners.consent(telling, Field.AD_USER_DATA);
        var personal = Partners.consent(telling, Field.AD_PERSONALIZATION);
        if (data.isEmpty() && personal.isEmpty()) {
            return Optional.empty();
        }
        var manual = Json.object().put("gdpr_applies", true);
        data.ifPresent(yes -> manual.put("ad_user_data_enabled", yes));
        personal.ifPresent(yes -> manual.put("ad_personalization_enabled", yes));
        return Optional.of(manual);
    }

    private static Optional<String> tooLong(Telling telling) {
        if (!(EVENT.write(telling) instanceof Mapping.Written.Whole(var json, _))) {
            return Optional.empty();
        }
        int bytes = Json.text(json).getBytes(StandardCharsets.UTF_8).length;
        int most = Integer.parseInt(telling.setting(BYTES_MAX));
        return bytes <= most
                ? Optional.empty()
                : Optional.of("The event has %d bytes; AppsFlyer takes %d".formatted(bytes, most));
    }

    /// A success says nothing: it comes for apps that AppsFlyer does not know, too.
    private static Judgement judge(Reply reply) {
        var said = reply.answer().body();
        return switch (reply.status()) {
            case 400, 413, 422 -> reply.refused(said);
            case 401, 403 -> reply.park("AppsFlyer refuses the S2S key. " + said);
            case 404 -> reply.park("AppsFlyer does not know this app id or endpoint. " + said);
            case 429 -> reply.pause(Duration.ZERO, said);
            default -> reply.byStatus(said);
        };
    }
}
