package matchback.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Campaign.WeightedOffer;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Condition;
import matchback.model.catalog.Lander;
import matchback.model.catalog.Offer;
import matchback.model.catalog.RoutePath;
import matchback.model.catalog.RoutePath.WeightedLander;
import matchback.model.catalog.Routing;
import matchback.model.catalog.Routing.Referrer;

/// The fields of a campaign that say where its visitors go.
final class RoutingFields {
    static final String PATHS = "paths";
    static final String STICKY = "stickyDays";
    static final String REFERRER = "referrer";
    static final String DOMAIN = "domain";

    private static final int DOMAIN_CHARS_MAX = 253;
    private static final Pattern HOST =
            Pattern.compile(
                    "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Set<String> REFERRERS =
            Arrays.stream(Referrer.values())
                    .map(RoutingFields::word)
                    .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> PATH_FIELDS =
            Set.of("name", "weight", "paused", "rules", "landers", "offers", "clicksPerDay");

    private RoutingFields() {}

    static ObjectNode offer() {
        return weighted("offer", FieldSpec.required("offer", Schema.text("Key of the offer")));
    }

    private static ObjectNode weighted(String word, FieldSpec reference) {
        return Schema.object(
                "A" + (word.equals("offer") ? "n " : " ") + word + " and its share of the visitors",
                List.of(
                        reference,
                        FieldSpec.optional(
                                "weight",
                                Schema.integer(
                                        "Relative to the sum of the weights; 0 switches it off;"
                                                + " default 1",
                                        0,
                                        Campaign.WEIGHT_MAX))));
    }

    static List<FieldSpec> specs() {
        return List.of(
                FieldSpec.optional(
                        PATHS,
                        Schema.list(
                                        "Where visitors go: the first path whose rules are all"
                                                + " met, else one of those without rules by"
                                                + " weight, else the campaign's offers",
                                        path())
                                .put("maxItems", RoutePath.COUNT_MAX)),
                FieldSpec.optional(
                        STICKY,
                        Schema.integer(
                                "Days for which a visitor who comes again is sent the same way;"
                                        + " 0: not",
                                0,
                                Routing.STICKY_DAYS_MAX)),
                FieldSpec.optional(
                        REFERRER,
                        Schema.words(
                                "What the next page learns of where the visitor came from: the"
                                        + " site (origin), nothing (hidden), nothing by two pages"
                                        + " in between (double)",
                                REFERRERS)),
                FieldSpec.optional(
                        DOMAIN,
                        Schema.orNull(
                                Schema.text(
                                        "Host name of the tracking link, such as go.example.com;"
                                                + " none: that of the installation",
                                        DOMAIN_CHARS_MAX))));
    }

    private static ObjectNode path() {
        return Schema.object(
                "A way visitors are sent",
                List.of(
                        FieldSpec.required(
                                "name",
                                Schema.text(
                                        "What reports call it; unique in the campaign",
                                        RoutePath.NAME_CHARS_MAX)),
                        FieldSpec.optional(
                                "weight",
                                Schema.integer(
                                        "Its share among the paths without rules; 0 switches it"
                                                + " off; default 1",
                                        0,
                                        Campaign.WEIGHT_MAX)),
                        FieldSpec.optional("paused", Schema.flag("Takes nobody")),
                        FieldSpec.optional("rules", Schema.list("All must be met", rule())),
                        FieldSpec.optional(
                                "landers",
                                Schema.list(
                                        "Pages before the offer; none: straight to the offer",
                                        weighted(
                                                "lander",
                                                FieldSpec.optional(
                                                        "lander",
                                                        Schema.orNull(
                                                                Schema.text(
                                                                        "Key of the lander; null:"
                                                                                + " straight to the"
                                                                                + " offer")))))),
                        FieldSpec.required("offers", Schema.list("At least one", offer())),
                        FieldSpec.optional(
                                "clicksPerDay",
                                Schema.orNull(
                                        Schema.integer(
                                                "Clicks it takes a day; null: any number",
                                                1,
                                                RoutePath.CLICKS_PER_DAY_MAX)))));
    }

    private static ObjectNode rule() {
        return Schema.object(
                "Something known of the visitor is, or is not, one of some values",
                List.of(
                        FieldSpec.required(
                                "trait", Schema.words("What is known", Condition.TRAITS)),
                        FieldSpec.optional("not", Schema.flag("Whether it must be none of them")),
                        FieldSpec.required(
                                "values",
                                Schema.list(
                                        "Any of them; * stands for any characters, unknown for"
                                                + " what is not known; time: mon-fri 09:00-18:00"
                                                + " Europe/Berlin; visitor: new, returning; bot:"
                                                + " yes, no",
                                        Schema.text("A value", Condition.VALUE_CHARS_MAX)))));
    }

    static Routing read(Form form, Catalog catalog) {
        var paths = new ArrayList<RoutePath>();
        var names = new HashSet<String>();
        for (var entry : form.forms(PATHS, RoutePath.COUNT_MAX)) {
            path(entry, catalog, names).ifPresent(paths::add);
        }
        var referrer = form.word(REFERRER, REFERRERS).orElse(word(Referrer.ORIGIN));
        return new Routing(
                paths,
                form.number(STICKY, 0, Routing.STICKY_DAYS_MAX, 0),
                REFERRERS.contains(referrer)
                        ? Referrer.valueOf(referrer.toUpperCase(Locale.ROOT))
                        : Referrer.ORIGIN,
                domain(form).orElse(null));
    }

    private static Optional<String> domain(Form form) {
        return form.text(DOMAIN, DOMAIN_CHARS_MAX)
                .map(host -> host.toLowerCase(Locale.ROOT))
                .filter(host -> {
                    boolean isHost = HOST.matcher(host).matches();
                    if (!isHost) {
                        form.problem(
                                DOMAIN,
                                "\""
                                        + host
                                        + "\" is no host name; expected is one such as"
                                        + " go.example.com, without https:// and without a path");
                    }
                    return isHost;
                });
    }

    private static Optional<RoutePath> path(Form entry, Catalog catalog, Set<String> names) {
        entry.onlyFields(PATH_FIELDS);
        var name = entry.text("name", RoutePath.NAME_CHARS_MAX);
        if (!entry.has("name") || name.isEmpty()) {
            entry.problem("name", "A path needs a name");
        }
        name.filter(word -> !names.add(word))
                .ifPresent(word -> entry.problem("name", "\"" + word + "\" is there twice"));
        var offers = offers(entry, "offers", catalog);
        if (!entry.has("offers")
                || entry.raw("offers")
                        .filter(ArrayNode.class::isInstance)
                        .filter(list -> list.isEmpty())
                        .isPresent()) {
            entry.problem("offers", "A path needs an offer");
        }
        var rules = rules(entry);
        int clicks = entry.number("clicksPerDay", 1, RoutePath.CLICKS_PER_DAY_MAX, 0);
        return name.map(word ->
                new RoutePath(
                        word,
                        entry.number("weight", 0, Campaign.WEIGHT_MAX, 1),
                        entry.flag("paused", false),
                        rules,
                        landers(entry, catalog),
                        offers,
                        clicks == 0 ? null : clicks));
    }

    /// Offers with weights, each once.
    static List<WeightedOffer> offers(Form form, String field, Catalog catalog) {
        var offers = new ArrayList<WeightedOffer>();
        var seen = new HashSet<String>();
        for (var entry : form.forms(field, Campaign.OFFERS_MAX)) {
            entry.onlyFields(Set.of("offer", "weight"));
            if (!entry.has("offer")) {
                entry.problem("offer", "The key of an offer is expected");
            }
            int weight = entry.number("weight", 0, Campaign.WEIGHT_MAX, 1);
            Kind.reference(entry, "offer", catalog, Offer.class, "offer")
                    .ifPresent(key -> {
                        if (!seen.add(key)) {
                            entry.problem("offer", "\"" + key + "\" is there twice");
                        }
                        offers.add(new WeightedOffer(key, weight));
                    });
        }
        return offers;
    }

    private static List<WeightedLander> landers(Form form, Catalog catalog) {
        var landers = new ArrayList<WeightedLander>();
        var seen = new HashSet<String>();
        for (var entry : form.forms("landers", Campaign.OFFERS_MAX)) {
            entry.onlyFields(Set.of("lander", "weight"));
            int weight = entry.number("weight", 0, Campaign.WEIGHT_MAX, 1);
            var key = Kind.reference(entry, "lander", catalog, Lander.class, "lander").orElse("");
            if (!seen.add(key)) {
                entry.problem(
                        "lander",
                        key.isEmpty()
                                ? "Straight to the offer is there twice"
                                : "\"" + key + "\" is there twice");
            }
            landers.add(new WeightedLander(key, weight));
        }
        return landers;
    }

    private static List<Condition> rules(Form form) {
        var rules = new ArrayList<Condition>();
        for (var entry : form.forms("rules", Condition.COUNT_MAX)) {
            entry.onlyFields(Set.of("trait", "not", "values"));
            var trait = entry.word("trait", Condition.TRAITS);
            if (!entry.has("trait")) {
                entry.problem("trait", "What the rule asks for is expected, such as country");
            }
            var values =
                    List.copyOf(
                            new LinkedHashSet<>(
                                    entry.list(
                                            "values",
                                            Condition.VALUES_MAX,
                                            Condition.VALUE_CHARS_MAX)));
            if (!entry.has("values") || values.isEmpty()) {
                entry.problem("values", "A rule needs a value, such as DE");
            }
            trait.filter(Condition.TRAITS::contains)
                    .ifPresent(word -> {
                        for (var value : values) {
                            Condition.problem(word, value)
                                    .ifPresent(message -> entry.problem("values", message));
                        }
                        rules.add(new Condition(word, entry.flag("not", false), values));
                    });
        }
        return rules;
    }

    static void write(Routing routing, ObjectNode node) {
        var paths = node.putArray(PATHS);
        for (var path : routing.paths()) {
            var entry = paths.addObject();
            entry.put("name", path.name());
            entry.put("weight", path.weight());
            entry.put("paused", path.paused());
            var rules = entry.putArray("rules");
            for (var rule : path.rules()) {
                var values =
                        rules.addObject()
                                .put("trait", rule.trait())
                                .put("not", rule.not())
                                .putArray("values");
                rule.values().forEach(values::add);
            }
            var landers = entry.putArray("landers");
            for (var lander : path.landers()) {
                landers.addObject()
                        .put("lander", lander.lander().isEmpty() ? null : lander.lander())
                        .put("weight", lander.weight());
            }
            write(path.offers(), entry.putArray("offers"));
            entry.put("clicksPerDay", path.clicksPerDay());
        }
        node.put(STICKY, routing.stickyDays());
        node.put(REFERRER, word(routing.referrer()));
        node.put(DOMAIN, routing.domain());
    }

    static void write(List<WeightedOffer> offers, ArrayNode list) {
        for (var offer : offers) {
            list.addObject().put("offer", offer.offer()).put("weight", offer.weight());
        }
    }

    private static String word(Referrer referrer) {
        return referrer.name().toLowerCase(Locale.ROOT);
    }
}
