package matchback.deliver.postback;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import matchback.deliver.Adapter;
import matchback.deliver.Answer;
import matchback.deliver.Judgement;
import matchback.deliver.OutboundRequest;
import matchback.deliver.Parcel;
import matchback.deliver.Preparation;
import matchback.deliver.Shipment;
import matchback.deliver.UrlSecrets;
import matchback.deliver.Verdict;
import matchback.deliver.Verdict.Sign;
import matchback.deliver.platform.Connection;
import matchback.deliver.platform.Telling;
import matchback.ledger.Event.AttemptResult;
import matchback.model.Macros;
import matchback.model.Secrets;
import matchback.model.UrlTemplate;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.DestinationType;
import matchback.model.catalog.DestinationType.Setting;

/// Calls a URL of the user's own choice. Each moment can have a URL of its own; what has none is
/// told to the first.
public final class Postback implements Adapter {
    static final String URL = "url";
    static final String METHOD = "method";
    static final String BODY = "body";
    static final String CONTENT_TYPE = "content-type";
    static final String AUTHORIZATION = "authorization";
    static final String TAKEN = "success-text";
    static final String KNOWN = "known-text";
    static final String REFUSED = "refused-text";

    /// A literal host, then no macros but known ones.
    private static final String URL_FORM =
            "https?://[^\\s/?#{}@\\\\]+(?:[/?#](?:[^\\s{}\\\\]++|\\{(?:"
                    + Macros.CONVERSION.stream().sorted().collect(Collectors.joining("|"))
                    + ")\\})*+)?";

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";

    public static final DestinationType TYPE =
            new DestinationType(
                    "postback",
                    "Postback URL",
                    "Calls a URL with the conversion's values in it, as most trackers and networks"
                            + " take them.",
                    settings(),
                    Map.of(),
                    EnumSet.allOf(Moment.class),
                    "adapters/postback.md");

    private final Secrets secrets;

    public Postback(Secrets secrets) {
        this.secrets = secrets;
    }

    private static List<Setting> settings() {
        var settings = new ArrayList<Setting>();
        settings.add(
                Setting.required(
                                URL,
                                "URL",
                                "With macros of ours, such as"
                                        + " https://host.example/pb?cid={externalid}&sum={payout};"
                                        + " none in the host.")
                        .like(URL_FORM));
        for (var moment : Moment.values()) {
            settings.add(
                    Setting.optional(
                                    of(moment),
                                    "URL when " + word(moment),
                                    "In place of the first, when a conversion is "
                                            + word(moment)
                                            + ".")
                            .like(URL_FORM));
        }
        settings.add(
                Setting.optional(METHOD, "Method", "How the URL is called.")
                        .otherwise("GET")
                        .oneOf("GET", "POST"));
        settings.add(
                Setting.optional(BODY, "Body", "Of a POST, with macros. Empty for none.")
                        .withLines());
        settings.add(
                Setting.optional(
                                CONTENT_TYPE, "Kind of body", "How values are written in the body.")
                        .otherwise(FORM)
                        .oneOf(FORM, JSON));
        settings.add(
                Setting.optionalSecret(
                        AUTHORIZATION,
                        "Authorization",
                        "The header Authorization, such as Bearer and a token."));
        settings.add(
                Setting.optional(
                        TAKEN,
                        "Words of success",
                        "One of these texts, separated by |, must stand in the answer; without one"
                                + " it is sent again. Empty: any 2xx is success."));
        settings.add(
                Setting.optional(
                        KNOWN,
                        "Words of a repeat",
                        "One of these in the answer says that the conversion is there already."));
        settings.add(
                Setting.optional(
                        REFUSED,
                        "Words of refusal",
                        "One of these in the answer says that it will never be taken."));
        return settings;
    }

    private static String of(Moment moment) {
        return URL + '.' + word(moment);
    }

    private static String word(Moment moment) {
        return moment.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String kind() {
        return TYPE.type();
    }

    @Override
    public Optional<DestinationType> type() {
        return Optional.of(TYPE);
    }

    @Override
    public Preparation prepare(String key, Shipment shipment, Catalog catalog, Instant now) {
        return switch (Connection.open(key, TYPE, catalog, secrets)) {
            case Connection.Opened.Unusable(var why) -> new Preparation.Parked(why);
            case Connection.Opened.Usable(var connection) ->
                    prepare(new Telling(connection, shipment, catalog, now));
        };
    }

    private static Preparation prepare(Telling telling) {
        var own = of(telling.shipment().delivery().moment());
        var name = telling.setting(own).isEmpty() ? URL : own;
        var url = telling.setting(name);
        var body = new BodyTemplate(body(telling), telling.setting(CONTENT_TYPE).equals(JSON));
        var wrong = body.problem();
        if (wrong.isPresent()) {
            return parked(telling, BODY, wrong.get());
        }
        return switch (UrlTemplate.parse(url, Macros.CONVERSION)) {
            case UrlTemplate.Parsed.Problem(var message) -> parked(telling, name, message);
            case UrlTemplate.Parsed.Template(var template) -> {
                var kept = new ArrayList<>(UrlSecrets.in(url));
                kept.addAll(telling.connection().concealed());
                var call = call(telling, template, body);
                yield new Preparation.Ready(new Parcel(telling.shipment(), call.written(), kept));
            }
        };
    }

    private static String body(Telling telling) {
        return telling.setting(METHOD).equals("POST") ? telling.setting(BODY) : "";
    }

    private static Preparation parked(Telling telling, String setting, String message) {
        return new Preparation.Parked(
                "The %s of the destination %s cannot be used: %s"
                        .formatted(setting, telling.connection().destination().key(), message));
    }

    private static Call call(Telling telling, UrlTemplate url, BodyTemplate body) {
        return new Call(
                telling.setting(METHOD),
                url.fill(macro -> value(telling, macro)),
                body.text().isEmpty() ? "" : telling.setting(CONTENT_TYPE),
                body.fill(macro -> value(telling, macro)),
                Call.words(telling.setting(TAKEN)),
                Call.words(telling.setting(KNOWN)),
                Call.words(telling.setting(REFUSED)));
    }

    /// The destination hears its own name of the event, and its part of an amount.
    private static String value(Telling telling, String macro) {
        return switch (macro) {
            case "event" -> telling.eventName();
            case "payout", "value" -> telling.part(macro).map(BigDecimal::toPlainString).orElse("");
            default -> telling.shipment().value(macro);
        };
    }

    @Override
    public OutboundRequest pack(String key, List<Parcel> parcels, Catalog catalog) {
        var parcel = parcels.getFirst();
        var call = Call.read(parcel.content());
        var headers = new HashMap<String, String>();
        if (!call.contentType().isEmpty()) {
            headers.put("Content-Type", call.contentType());
        }
        var authorization = Connection.usable(key, TYPE, catalog, secrets).secret(AUTHORIZATION);
        if (!authorization.isEmpty()) {
            headers.put("Authorization", authorization);
        }
        return new OutboundRequest(
                call.method(),
                call.url(),
                headers,
                call.body().getBytes(StandardCharsets.UTF_8),
                parcel.secrets());
    }

    @Override
    public Judgement judge(List<Parcel> parcels, Answer.Answered answer, Verdict byStatus) {
        var call = Call.read(parcels.getFirst().content());
        return new Judgement.All(verdict(call, answer.body(), byStatus));
    }

    private static Verdict verdict(Call call, String said, Verdict byStatus) {
        if (byStatus.result() == AttemptResult.PARKED) {
            return byStatus;
        }
        if (isIn(said, call.known())) {
            return byStatus.withResult(AttemptResult.DELIVERED, Sign.ALIVE);
        }
        if (isIn(said, call.refused())) {
            return byStatus.withResult(AttemptResult.DEAD, Sign.ALIVE);
        }
        boolean isWordless = !call.taken().isEmpty() && !isIn(said, call.taken());
        return byStatus.result() == AttemptResult.DELIVERED && isWordless
                ? byStatus.withResult(AttemptResult.RETRY, Sign.ALIVE)
                : byStatus;
    }

    private static boolean isIn(String said, List<String> words) {
        return words.stream().anyMatch(said::contains);
    }
}
