package matchback.deliver.mmp;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import matchback.deliver.platform.Entry;
import matchback.deliver.platform.Rule;
import matchback.deliver.platform.Telling;
import matchback.model.Feed;
import matchback.model.Field;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.DestinationType.Setting;

/// What measurement partners have in common.
final class Partners {
    static final String MAX_AGE_DAYS = "max-age-days";
    static final String ENDPOINT = "endpoint";

    /// Nothing that was told can be changed or taken back.
    static final Set<Moment> MOMENTS = Set.of(Moment.PENDING, Moment.APPROVED);

    /// What a partner's software in the app counts by itself.
    private static final Set<String> INSTALLS = Set.of("install", "reengagement", "app_open");

    private static final List<String> SALES =
            List.of(
                    "sale",
                    "conversion",
                    "purchase",
                    "order",
                    "upsell",
                    "rebill",
                    "deposit",
                    "ftd");

    private Partners() {}

    static Setting endpoint(String standard) {
        return Setting.optional(ENDPOINT, "Endpoint", "Only for a gateway of your own.")
                .otherwise(standard)
                .like("https?://\\S+[^/\\s]");
    }

    static Setting maxAge(String standard, String hint) {
        return Setting.optional(MAX_AGE_DAYS, "Oldest event in days", hint)
                .otherwise(standard)
                .like("[1-9][0-9]{0,2}");
    }

    /// @param sale the partner's name of everything that is bought
    static Map<String, String> eventNames(String sale, Map<String, String> others) {
        var names = new HashMap<>(others);
        SALES.forEach(type -> names.put(type, sale));
        return names;
    }

    /// A device's id: what the report says, else what the tracking link brought along.
    static String device(Telling telling, Field field) {
        var reported = telling.user(field);
        return reported.isEmpty()
                ? field.names().stream()
                        .map(telling::landing)
                        .filter(value -> !value.isBlank())
                        .findFirst()
                        .map(String::strip)
                        .orElse("")
                : reported;
    }

    static Entry<Telling> device(String path, Field field) {
        return Entry.plain(path, telling -> device(telling, field));
    }

    /// The operating system that its ids tell of; empty when there are none.
    static String system(Telling telling) {
        if (hasOne(telling, Field.IDFA, Field.IDFV)) {
            return "iOS";
        }
        return hasOne(telling, Field.GAID, Field.ANDROID_ID) ? "Android" : "";
    }

    static boolean hasOne(Telling telling, Field... fields) {
        return Stream.of(fields).anyMatch(field -> !device(telling, field).isEmpty());
    }

    /// The visitor's address if it is one of IPv4.
    static String addressV4(Telling telling) {
        var address = telling.address();
        return address.indexOf(':') < 0 ? address : "";
    }

    static String currency(Telling telling) {
        return telling.amount().isPresent() ? telling.currency() : "";
    }

    /// Yes, no, or nothing when the report does not say.
    static Optional<Boolean> consent(Telling telling, Field field) {
        if (telling.isGranted(field)) {
            return Optional.of(true);
        }
        return telling.isDenied(field) ? Optional.of(false) : Optional.empty();
    }

    /// What holds for all of them.
    ///
    /// @param test how a test is told, or why it cannot be
    static List<Rule> rules(String name, Rule test, Rule... own) {
        var common =
                Stream.of(
                        test,
                        Rule.momentsOfTheType(name),
                        Rule.unlessDenied(name),
                        Rule.youngerThan(Partners::ageMax, name),
                        unlessItsOwn(name),
                        unlessInstalled(name));
        return Stream.concat(common, Stream.of(own)).toList();
    }

    private static Duration ageMax(Telling telling) {
        return Duration.ofDays(Long.parseLong(telling.setting(MAX_AGE_DAYS)));
    }

    /// For a partner that has no test mode that we know of.
    static Rule noTests(String name) {
        return telling ->
                telling.shipment().isTest()
                        ? Optional.of(
                                name
                                        + " has no test mode for these events: a test would count as a"
                                        + " conversion. Try it with an app that is for tests only")
                        : Optional.empty();
    }

    /// An app has one partner: what it has reported itself would be counted twice there.
    private static Rule unlessItsOwn(String name) {
        return telling ->
                telling.shipment()
                        .conversion()
                        .filter(conversion -> conversion.feeds().contains(Feed.MMP))
                        .map(_ ->
                                "A measurement partner reported it, so "
                                        + name
                                        + " is not told of it again");
    }

    private static Rule unlessInstalled(String name) {
        return telling ->
                INSTALLS.contains(telling.eventType())
                        ? Optional.of(
                                "%s counts %s by its software in the app and takes none from a server"
                                        .formatted(name, telling.eventType()))
                        : Optional.empty();
    }

    /// @param fields of which one must be known
    /// @param names the partner's own for them
    static Rule oneOf(String name, String names, Field... fields) {
        return telling ->
                hasOne(telling, fields)
                        ? Optional.empty()
                        : Optional.of(
                                "%s could not tell whose it is: let the report or the tracking link carry one of %s"
                                        .formatted(name, names));
    }
}
