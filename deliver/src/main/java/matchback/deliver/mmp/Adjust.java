package matchback.deliver.mmp;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.deliver.Judgement;
import matchback.deliver.platform.Connection;
import matchback.deliver.platform.Entry;
import matchback.deliver.platform.Json;
import matchback.deliver.platform.Letter;
import matchback.deliver.platform.Mapping;
import matchback.deliver.platform.Platform;
import matchback.deliver.platform.Reply;
import matchback.deliver.platform.Telling;
import matchback.ledger.Event.AttemptResult;
import matchback.model.Field;
import matchback.model.catalog.DestinationType;
import matchback.model.catalog.DestinationType.Setting;

/// Adjust's server-to-server events (dev.adjust.com/en/api/s2s-api/events,
/// dev.adjust.com/en/api/s2s-api, looked at on 2026-11-23). What could not be confirmed stands in
/// docs/adapters/adjust.md.
public final class Adjust {
    private static final String NAME = "Adjust";
    private static final String APP_TOKEN = "app-token";
    private static final String S2S_TOKEN = "s2s-token";
    private static final String ENVIRONMENT = "environment";
    private static final String DEDUPLICATION = "send-deduplication-id";
    private static final String SANDBOX = "sandbox";

    private static final DestinationType TYPE =
            new DestinationType(
                    "adjust",
                    NAME,
                    "Tells Adjust of what happened outside the app, as an in-app event.",
                    List.of(
                            Setting.required(
                                            APP_TOKEN,
                                            "App token",
                                            "Adjust, AppView, your app: 12 letters and digits.")
                                    .like("[A-Za-z0-9]{8,24}"),
                            Setting.optionalSecret(
                                    S2S_TOKEN,
                                    "S2S token",
                                    "Adjust, AppView, your app, S2S security. Needed once that is"
                                            + " switched on."),
                            Setting.optional(
                                            ENVIRONMENT,
                                            "Environment",
                                            "sandbox shows events in Adjust's testing console"
                                                    + " alone. A test always goes there.")
                                    .otherwise("production")
                                    .oneOf("production", SANDBOX),
                            Setting.optional(
                                            DEDUPLICATION,
                                            "Send deduplication_id",
                                            "So that a repeated event counts once. That Adjust"
                                                    + " takes it here could not be confirmed.")
                                    .otherwise("no")
                                    .oneOf("no", "yes"),
                            Partners.maxAge(
                                    "28",
                                    "Older conversions are not sent. Adjust's own limit could not"
                                            + " be confirmed."),
                            Partners.endpoint("https://s2s.adjust.com/event")),
                    Map.of(),
                    Partners.MOMENTS,
                    "adapters/adjust.md");

    private static final Mapping<Telling> EVENT =
            new Mapping<>(
                    List.of(
                            Entry.text("event_token", Telling::eventName),
                            Partners.device("idfa", Field.IDFA),
                            Partners.device("idfv", Field.IDFV),
                            Partners.device("gps_adid", Field.GAID),
                            Partners.device("android_id", Field.ANDROID_ID),
                            Partners.device("adid", Field.ADJUST_ID),
                            Entry.seconds("created_at_unix", Telling::happenedAt),
                            Entry.number("revenue", Telling::amount),
                            Entry.text("currency", Partners::currency),
                            Entry.plain("ip_address", Partners::addressV4),
                            Entry.plain("user_agent", Telling::userAgent),
                            Entry.text("environment", Adjust::environment),
                            Entry.text("deduplication_id", Adjust::deduplication)));

    public static final Platform PLATFORM =
            new Platform(
                    TYPE,
                    1,
                    Partners.rules(
                            NAME,
                            _ -> Optional.empty(),
                            Adjust::withoutToken,
                            Partners.oneOf(
                                    NAME,
                                    "idfa, gaid, idfv, android_id, adjust_id",
                                    Field.IDFA,
                                    Field.GAID,
                                    Field.IDFV,
                                    Field.ANDROID_ID,
                                    Field.ADJUST_ID)),
                    EVENT,
                    new Letter(
                            (connection, _) -> connection.setting(Partners.ENDPOINT),
                            Adjust::headers,
                            Letter.Body.FORM,
                            new Mapping<>(
                                    List.of(
                                            Entry.constant("s2s", Json.nodes().numberNode(1)),
                                            Entry.text(
                                                    "app_token",
                                                    batch -> batch.setting(APP_TOKEN))))),
                    Adjust::judge);

    private Adjust() {}

    private static Map<String, String> headers(Connection connection) {
        var token = connection.secret(S2S_TOKEN);
        return token.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + token);
    }

    private static String environment(Telling telling) {
        return telling.shipment().isTest() ? SANDBOX : telling.setting(ENVIRONMENT);
    }

    private static String deduplication(Telling telling) {
        return telling.setting(DEDUPLICATION).equals("yes") ? telling.eventId() : "";
    }

    /// Adjust knows an event by its token alone, which is made up there.
    private static Optional<String> withoutToken(Telling telling) {
        var type = telling.eventType();
        var given = telling.connection().destination().eventNames().getOrDefault(type, "");
        return given.isBlank()
                ? Optional.of(
                        "Adjust knows events by their tokens: give the one for %s under event names, such as %s = f0ob4r"
                                .formatted(type, type))
                : Optional.empty();
    }

    private static Judgement judge(Reply reply) {
        var said = reply.body().path("error").asText(reply.answer().body());
        return switch (reply.status()) {
            case 400 -> judgeRequest(reply, said);
            case 401 -> reply.park("Adjust refuses the S2S token. " + said);
            case 403 ->
                    said.contains("Event token")
                            ? reply.refused(said)
                            : reply.park("Adjust takes nothing for this app. " + said);
            case 404 ->
                    said.contains("Device not found")
                            ? later(reply, said)
                            : reply.park("Adjust does not know this app token. " + said);
            case 413, 451 -> reply.refused(said);
            case 429 -> reply.pause(Duration.ZERO, said);
            default -> reply.byStatus(said);
        };
    }

    private static Judgement judgeRequest(Reply reply, String said) {
        if (said.contains("earlier unique event tracked")) {
            return reply.taken("Adjust has it already. " + said);
        }
        return said.contains("Invalid app token")
                ? reply.park("Adjust does not know this app token. " + said)
                : reply.refused(said);
    }

    /// The install may be on its way to Adjust yet; Adjust itself is well.
    private static Judgement later(Reply reply, String said) {
        return new Judgement.All(reply.ofOne(AttemptResult.RETRY, said));
    }
}
