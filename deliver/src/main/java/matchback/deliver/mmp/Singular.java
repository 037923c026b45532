package matchback.deliver.mmp;

import com.fasterxml.jackson.databind.JsonNode;
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
import matchback.deliver.platform.Rule;
import matchback.deliver.platform.Telling;
import matchback.model.Field;
import matchback.model.catalog.DestinationType;
import matchback.model.catalog.DestinationType.Setting;

/// Singular's server-to-server events (support.singular.net/hc/en-us/articles/31496864868635 and
/// 360048588672, looked at on 2026-11-23). What could not be confirmed stands in
/// docs/adapters/singular.md.
public final class Singular {
    private static final String NAME = "Singular";
    private static final String SDK_KEY = "sdk-key";
    private static final String APP_ID = "app-id";
    private static final String PLATFORM_NAME = "platform";
    private static final String VERSION = "api-version";
    private static final int NAME_CHARS_MAX = 32;

    private static final DestinationType TYPE =
            new DestinationType(
                    "singular",
                    NAME,
                    "Tells Singular of what happened outside the app, as an event of its user.",
                    List.of(
                            Setting.secret(
                                    SDK_KEY,
                                    "SDK key",
                                    "Singular, Developer Tools, SDK Integration, SDK Keys."),
                            Setting.required(
                                            APP_ID,
                                            "App id",
                                            "The package of an Android app or the bundle id of an"
                                                    + " iOS app, such as com.example.app.")
                                    .like("[A-Za-z][\\w.-]{2,150}"),
                            Setting.required(
                                            PLATFORM_NAME,
                                            "Platform",
                                            "Spelt as Singular spells it.")
                                    .oneOf(
                                            "Android",
                                            "iOS",
                                            "Web",
                                            "PC",
                                            "Xbox",
                                            "Playstation",
                                            "Nintendo",
                                            "MetaQuest",
                                            "CTV"),
                            Setting.optional(
                                            VERSION,
                                            "Version of the API",
                                            "v1 knows people by their devices' ids; v2 by"
                                                    + " Singular's own (sdid), for accounts that"
                                                    + " have it switched on.")
                                    .otherwise("v1")
                                    .oneOf("v1", "v2"),
                            Partners.maxAge(
                                    "7",
                                    "Older conversions are not sent. Singular's own limit could not"
                                            + " be confirmed."),
                            Partners.endpoint("https://s2s.singular.net/api")),
                    Map.of(
                            "registration",
                            "sng_complete_registration",
                            "complete_registration",
                            "sng_complete_registration",
                            "signup",
                            "sng_complete_registration",
                            "subscription",
                            "sng_subscribe",
                            "subscribe",
                            "sng_subscribe",
                            "trial",
                            "sng_start_trial",
                            "add_to_cart",
                            "sng_add_to_cart",
                            "checkout",
                            "sng_checkout_initiated",
                            "view_content",
                            "sng_content_view"),
                    Partners.MOMENTS,
                    "adapters/singular.md");

    private static final Mapping<Telling> EVENT =
            new Mapping<>(
                    List.of(
                            Entry.text("n", Telling::eventName),
                            Entry.plain("sdid", telling -> id(telling, "v2", Field.SINGULAR_ID)),
                            Entry.plain("idfa", telling -> id(telling, "v1", Field.IDFA)),
                            Entry.plain("idfv", telling -> id(telling, "v1", Field.IDFV)),
                            Entry.plain("aifa", telling -> id(telling, "v1", Field.GAID)),
                            Entry.plain("ip", Partners::addressV4),
                            Entry.node("use_ip", Singular::withoutAddress),
                            Entry.seconds("utime", Telling::happenedAt),
                            Entry.node("e", Singular::attributes),
                            Entry.node("is_revenue_event", Singular::isRevenue),
                            Entry.number("amt", Telling::amount),
                            Entry.text("cur", Partners::currency),
                            Entry.node("data_sharing_options", Singular::sharing)));

    public static final Platform PLATFORM =
            new Platform(
                    TYPE,
                    1,
                    Partners.rules(
                            NAME,
                            Partners.noTests(NAME),
                            Singular::badName,
                            Singular::withoutDevice),
                    EVENT,
                    new Letter(
                            (connection, _) ->
                                    connection.setting(Partners.ENDPOINT)
                                            + '/'
                                            + connection.setting(VERSION)
                                            + "/evt",
                            _ -> Map.of(),
                            Letter.Body.FORM,
                            new Mapping<>(
                                    List.of(
                                            Entry.text(
                                                    "a",
                                                    batch -> batch.connection().secret(SDK_KEY)),
                                            Entry.text("p", batch -> batch.setting(PLATFORM_NAME)),
                                            Entry.text("i", batch -> batch.setting(APP_ID))))),
                    Singular::judge);

    private static final Rule DEVICE =
            Partners.oneOf(NAME, "idfa, gaid, idfv", Field.IDFA, Field.GAID, Field.IDFV);

    private static final Rule OWN_DEVICE =
            Partners.oneOf(NAME, "sdid, Singular's own id of the device", Field.SINGULAR_ID);

    private Singular() {}

    private static String id(Telling telling, String version, Field field) {
        return telling.setting(VERSION).equals(version) ? Partners.device(telling, field) : "";
    }

    private static Optional<JsonNode> yes(boolean isSo) {
        return isSo ? Optional.of(Json.nodes().booleanNode(true)) : Optional.empty();
    }

    /// Exactly one of `ip` and `use_ip` is there.
    private static Optional<JsonNode> withoutAddress(Telling telling) {
        return yes(Partners.addressV4(telling).isEmpty());
    }

    private static Optional<JsonNode> isRevenue(Telling telling) {
        return yes(telling.amount().isPresent());
    }

    /// Singular counts whatever comes; the id is for those who look into it.
    private static Optional<JsonNode> attributes(Telling telling) {
        return Optional.of(Json.object().put("event_id", telling.eventId()));
    }

    private static Optional<JsonNode> sharing(Telling telling) {
        return telling.isLimited()
                ? Optional.of(Json.object().put("limit_data_sharing", true))
                : Optional.empty();
    }

    private static Optional<String> badName(Telling telling) {
        var name = telling.eventName();
        boolean isGood =
                name.length() <= NAME_CHARS_MAX && name.chars().allMatch(c -> c >= ' ' && c < 0x7F);
        return isGood
                ? Optional.empty()
                : Optional.of(
                        "Singular takes event names of 1 to %d ASCII characters; %s is none: give another for %s under event names"
                                .formatted(NAME_CHARS_MAX, name, telling.eventType()));
    }

    private static Optional<String> withoutDevice(Telling telling) {
        var rule = telling.setting(VERSION).equals("v2") ? OWN_DEVICE : DEVICE;
        return rule.objection(telling);
    }

    /// Singular answers 200 whatever it thinks of the event; what it thinks stands in the body.
    private static Judgement judge(Reply reply) {
        var said = reply.body().path("reason").asText(reply.answer().body());
        if (!reply.isSuccess()) {
            return reply.byStatus(said);
        }
        if (!reply.body().path("status").asText().equals("error")) {
            return reply.taken(said);
        }
        return said.toLowerCase(Locale.ROOT).matches("(?s).*\\b(sdk|api)[ _-]?key\\b.*")
                ? reply.park("Singular refuses the SDK key. " + said)
                : reply.refused(said);
    }
}
