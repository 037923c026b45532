package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import matchback.model.Reason;
import matchback.model.UrlTemplate;
import matchback.model.catalog.AppleApp;
import matchback.model.catalog.AppleSource;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Catalog;
import matchback.model.net.TargetUrl;
import org.jspecify.annotations.Nullable;

/// `/apple-apps`: the key is the app's id in the App Store.
record AppleAppKind() implements Kind<AppleApp> {
    private static final String SOURCES = "sources";
    private static final String NETWORK = "network";
    private static final String IDENTIFIER = "identifier";
    private static final String CAMPAIGN = "campaign";
    private static final String FALLBACK = "fallbackCampaign";
    private static final String VALUES = "values";
    private static final String DEVELOPMENT = "acceptDevelopment";
    private static final String FORWARDS = "forwardUrls";
    private static final int SOURCES_MAX = 1000;
    private static final int NETWORK_CHARS_MAX = 100;
    private static final Pattern KEY = Pattern.compile("0|[1-9][0-9]{0,14}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,4}");

    @Override
    public String path() {
        return "apple-apps";
    }

    @Override
    public String word() {
        return "apple app";
    }

    @Override
    public Class<AppleApp> type() {
        return AppleApp.class;
    }

    @Override
    public Optional<String> keyProblem(String key, Catalog catalog) {
        return KEY.matcher(key).matches()
                ? Optional.empty()
                : Optional.of(
                        "The key is the app's id in the App Store, digits alone, such as"
                                + " \"525463029\"; \"0\" for builds made by Xcode");
    }

    @Override
    public List<FieldSpec> fields() {
        return List.of(
                FieldSpec.optional(
                        SOURCES,
                        Schema.list(
                                "Which campaign a source identifier stands for; the one with the"
                                        + " most digits in common at the end wins",
                                Schema.object("A source identifier", sourceFields()))),
                FieldSpec.optional(
                        FALLBACK,
                        Schema.orNull(
                                Schema.text(
                                        "Key of the campaign of all other source identifiers;"
                                                + " null: none"))),
                FieldSpec.optional(
                        VALUES,
                        Schema.list(
                                "What conversion values mean",
                                Schema.object("A conversion value", AppleValues.fields()))),
                FieldSpec.optional(
                        "currency",
                        Schema.orNull(
                                Schema.text(
                                        "ISO 4217 code of the values' revenue; null: the report"
                                                + " currency"))),
                FieldSpec.optional(
                        DEVELOPMENT,
                        Schema.flag(
                                "Whether postbacks of tests and of devices in developer mode"
                                        + " count; everyone with such a device can make them")),
                FieldSpec.optional(
                        FORWARDS,
                        Schema.list(
                                "Who gets each postback of the app as it came, byte for byte; at"
                                        + " most "
                                        + AppleApp.FORWARDS_MAX,
                                Schema.text("A URL", UrlTemplate.CHARS_MAX))),
                FieldSpec.answered(
                        "warnings",
                        Schema.list("Codes of what is worth a look", Schema.text("A reason"))));
    }

    private static List<FieldSpec> sourceFields() {
        return List.of(
                FieldSpec.optional(
                        NETWORK,
                        Schema.orNull(
                                Schema.text(
                                        "Id of the ad network, such as example123.skadnetwork;"
                                                + " null: any",
                                        NETWORK_CHARS_MAX))),
                FieldSpec.required(
                        IDENTIFIER,
                        Schema.text("1 to 4 digits; leading zeros matter")
                                .put("pattern", "^[0-9]{1,4}$")),
                FieldSpec.required(CAMPAIGN, Schema.text("Key of the campaign")));
    }

    @Override
    public Optional<AppleApp> read(Form form, Draft<AppleApp> draft) {
        return Optional.of(
                new AppleApp(
                        draft.key(),
                        draft.name(),
                        sources(form, draft.catalog()),
                        campaign(form, FALLBACK, draft.catalog()).orElse(null),
                        AppleValues.read(form, VALUES),
                        form.currency("currency").orElse(null),
                        form.flag(DEVELOPMENT, false),
                        forwards(form),
                        false));
    }

    private static Optional<String> campaign(Form form, String field, Catalog catalog) {
        return Kind.reference(form, field, catalog, Campaign.class, "campaign");
    }

    private static List<AppleSource> sources(Form form, Catalog catalog) {
        var sources = new ArrayList<AppleSource>();
        var names = new HashSet<String>();
        for (var entry : form.forms(SOURCES, SOURCES_MAX)) {
            entry.onlyFields(Set.of(NETWORK, IDENTIFIER, CAMPAIGN));
            var network = entry.text(NETWORK, NETWORK_CHARS_MAX).orElse(null);
            var identifier = identifier(entry);
            var campaign = campaign(entry, CAMPAIGN, catalog);
            if (!entry.has(CAMPAIGN)) {
                entry.problem(CAMPAIGN, "A campaign is expected");
            }
            identifier
                    .filter(digits -> !names.add(network + " " + digits))
                    .ifPresent(digits -> entry.problem(IDENTIFIER, digits + " is there twice"));
            identifier.ifPresent(digits ->
                    campaign.ifPresent(key -> sources.add(new AppleSource(network, digits, key))));
        }
        return sources;
    }

    private static Optional<String> identifier(Form entry) {
        var identifier = entry.text(IDENTIFIER, 40);
        if (identifier.filter(text -> DIGITS.matcher(text).matches()).isEmpty()) {
            entry.problem(
                    IDENTIFIER,
                    "A source identifier of 1 to 4 digits is expected, such as \"5239\"");
            return Optional.empty();
        }
        return identifier;
    }

    private static List<String> forwards(Form form) {
        var urls = form.list(FORWARDS, AppleApp.FORWARDS_MAX, UrlTemplate.CHARS_MAX);
        for (int i = 0; i < urls.size(); i++) {
            if (TargetUrl.parse(urls.get(i)) instanceof TargetUrl.Parsed.Problem(var message)) {
                form.problem(FORWARDS + '[' + i + ']', message);
            }
        }
        return urls;
    }

    @Override
    public void write(AppleApp app, Catalog catalog, String token, ObjectNode node) {
        var sources = node.putArray(SOURCES);
        for (var source : app.sources()) {
            sources.addObject()
                    .put(NETWORK, source.network())
                    .put(IDENTIFIER, source.identifier())
                    .put(CAMPAIGN, source.campaign());
        }
        node.put(FALLBACK, app.fallbackCampaign());
        AppleValues.write(app.values(), node.putArray(VALUES));
        node.put("currency", app.currency());
        node.put(DEVELOPMENT, app.acceptDevelopment());
        app.forwardUrls().forEach(node.putArray(FORWARDS)::add);
        var warnings = node.putArray("warnings");
        if (hasNoRate(app.currency(), catalog)) {
            warnings.add(Reason.NO_RATE.code());
        }
    }

    private static boolean hasNoRate(@Nullable String currency, Catalog catalog) {
        return currency != null && catalog.rateTable().rate(currency, LocalDate.MAX).isEmpty();
    }

    @Override
    public List<String> references(String key, Catalog catalog) {
        return List.of();
    }

    /// Apps that name a campaign.
    static List<String> namingCampaign(String key, Catalog catalog) {
        return catalog.all(AppleApp.class).values().stream()
                .filter(app -> !app.archived())
                .filter(app ->
                        key.equals(app.fallbackCampaign())
                                || app.sources().stream().anyMatch(s -> s.campaign().equals(key)))
                .map(app -> "apple app \"" + app.key() + '"')
                .sorted()
                .toList();
    }

    @Override
    public AppleApp archived(AppleApp app) {
        return new AppleApp(
                app.key(),
                app.name(),
                app.sources(),
                app.fallbackCampaign(),
                app.values(),
                app.currency(),
                app.acceptDevelopment(),
                app.forwardUrls(),
                true);
    }
}
