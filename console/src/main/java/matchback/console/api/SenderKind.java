package matchback.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import matchback.console.ConsoleConfig;
import matchback.console.templates.PostbackForm;
import matchback.console.templates.Template;
import matchback.console.templates.Templates;
import matchback.model.EventTypes;
import matchback.model.Feed;
import matchback.model.Field;
import matchback.model.Money;
import matchback.model.Percent;
import matchback.model.Reason;
import matchback.model.Status;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Offer;
import matchback.model.catalog.Sender;
import matchback.model.catalog.Sender.Answer;
import matchback.model.catalog.Sender.Security;

/// `/senders`
record SenderKind(ConsoleConfig config) implements Kind<Sender> {
    static final int WORDS_MAX = 100;
    static final int WORD_CHARS_MAX = 100;
    static final int ADDRESSES_MAX = 200;
    static final int TOKENS_MAX = 10;
    static final int TOKEN_CHARS_MIN = 8;
    static final int TOKEN_CHARS_MAX = 200;
    static final int BODY_CHARS_MAX = 1000;
    private static final String TEMPLATE = "template";
    private static final String FEED = "feed";
    private static final String EVENT_PREFIX = "event:";
    private static final String IGNORE = "ignore";
    private static final Set<String> FIELDS =
            Arrays.stream(Field.values()).map(Field::key).collect(Collectors.toUnmodifiableSet());

    /// Fields worth showing in the template of the postback URL.
    @Override
    public String path() {
        return "senders";
    }

    @Override
    public String word() {
        return "sender";
    }

    @Override
    public Class<Sender> type() {
        return Sender.class;
    }

    @Override
    public List<FieldSpec> fields() {
        var fields = new ArrayList<>(settings());
        fields.addAll(SenderRules.fields());
        fields.addAll(answered());
        return fields;
    }

    private static List<FieldSpec> settings() {
        return List.of(
                FieldSpec.optional(
                        TEMPLATE,
                        Schema.orNull(
                                Schema.text(
                                        "Key of the template that fills what is not given here:"
                                                + " parameters, statuses, events, currency,"
                                                + " answer"))),
                FieldSpec.optional(
                        "parameters",
                        Schema.map(
                                "Our field to the name of the sender's parameter",
                                Schema.text("Name of a parameter", WORD_CHARS_MAX))),
                FieldSpec.optional(
                        "statuses",
                        Schema.map(
                                "The sender's status word to pending, approved, rejected, reversed,"
                                        + " ignore, or event: and an event type",
                                Schema.text("What it means"))),
                FieldSpec.optional(
                        "events",
                        Schema.map(
                                "The sender's event word to our event type",
                                Schema.text("An event type"))),
                FieldSpec.optional(
                        "currency",
                        Schema.orNull(Schema.text("ISO 4217 code of amounts that name none"))),
                FieldSpec.optional(
                        "payoutLimit", Schema.orNull(Schema.amount("A payout above it is held"))),
                FieldSpec.optional(
                        "timeZone",
                        Schema.orNull(Schema.text("Zone of event times that name none"))),
                FieldSpec.optional(
                        FEED,
                        Schema.words(
                                "By which way its reports are counted to come: s2s, or mmp for a"
                                        + " mobile measurement partner",
                                List.of(Feed.S2S.word(), Feed.MMP.word()))),
                FieldSpec.optional("security", security()),
                FieldSpec.optional("answer", answer()));
    }

    private static List<FieldSpec> answered() {
        return List.of(
                FieldSpec.answered("postbackUrl", Schema.text("Where the sender posts to")),
                FieldSpec.answered(
                        "postbackTemplate",
                        Schema.text("The same with the parameters and the template's macros")),
                FieldSpec.answered("postbackTemplates", PostbackUrls.schema()),
                FieldSpec.answered(
                        "offerParameter",
                        Schema.orNull(
                                Schema.text(
                                        "Parameter of the offer URL that carries the click id;"
                                                + " null: see the template"))),
                FieldSpec.answered(
                        "warnings",
                        Schema.list("Codes of what is worth a look", Schema.text("A reason"))));
    }

    private static ObjectNode security() {
        var token = Schema.text("A token to ask for, or true to have one made; shown once");
        token.putArray("type").add("string").add("boolean");
        return Schema.object(
                "What a caller must prove; nothing: anyone may post",
                List.of(
                        FieldSpec.optional("token", token),
                        FieldSpec.optional(
                                "tokens",
                                Schema.integer(
                                        "How many tokens are taken; sent back as it was it keeps"
                                                + " them",
                                        0,
                                        TOKENS_MAX)),
                        FieldSpec.optional(
                                "addresses",
                                Schema.list("Networks in CIDR form", Schema.text("10.0.0.0/8"))),
                        FieldSpec.optional("signature", SenderSignature.schema()),
                        FieldSpec.optional(SenderPath.FIELD, SenderPath.schema())));
    }

    private static ObjectNode answer() {
        return Schema.object(
                "How the sender wants to be answered",
                List.of(
                        FieldSpec.optional(
                                "always200",
                                Schema.flag("Whether all that is stored is answered with 200")),
                        FieldSpec.optional(
                                "body",
                                Schema.orNull(Schema.text("A fixed body", BODY_CHARS_MAX)))));
    }

    @Override
    public Optional<Sender> read(Form form, Draft<Sender> draft) {
        var template = template(form);
        var before = draft.before();
        var fill =
                template.filter(t -> before == null || !t.key().equals(before.template()))
                        .map(t -> t.sender(draft.key()))
                        .orElse(null);
        var limit = form.micros("payoutLimit");
        var sender =
                new Sender(
                        draft.key(),
                        draft.name(),
                        fill == null || form.has("parameters")
                                ? parameters(form)
                                : fill.parameters(),
                        fill == null || form.has("statuses")
                                ? words(form, "statuses", SenderKind::status)
                                : fill.statuses(),
                        fill == null || form.has("events")
                                ? words(form, "events", SenderKind::event)
                                : fill.events(),
                        form.currency("currency").orElse(fill == null ? null : fill.currency()),
                        limit.orElse(null),
                        zone(form).orElse(null),
                        form.form("security")
                                .map(inner -> security(inner, draft))
                                .orElse(Security.OPEN),
                        form.form("answer")
                                .map(SenderKind::answer)
                                .orElse(fill == null ? Answer.PLAIN : fill.answer()),
                        false,
                        template.map(Template::key).orElse(null),
                        form.form(SenderRules.PAYOUT).flatMap(SenderRules::payout).orElse(null),
                        SenderRules.duplicates(form, fill == null ? null : fill.duplicateRule()),
                        SenderRules.reviews(form),
                        feed(form).orElse(fill == null ? null : fill.feed()),
                        SenderRules.browsers(form));
        SharedParameters.check(form, sender, draft.catalog());
        return Optional.of(sender);
    }

    private static Optional<Template> template(Form form) {
        return form.word(TEMPLATE, new TreeSet<>(Templates.catalogue().keys()))
                .flatMap(Templates.catalogue()::find);
    }

    private static Optional<Feed> feed(Form form) {
        return form.word(FEED, Set.of(Feed.S2S.word(), Feed.MMP.word()))
                .map(word -> word.equals(Feed.MMP.word()) ? Feed.MMP : Feed.S2S);
    }

    private static Map<String, String> parameters(Form form) {
        var parameters = SourceKind.parameters(form, FIELDS);
        var fieldOf = new LinkedHashMap<String, String>();
        parameters.forEach((field, name) -> {
            var other = fieldOf.putIfAbsent(name, field);
            if (other != null) {
                form.problem(
                        "parameters." + field, "\"" + name + "\" is mapped to " + other + " too");
            }
        });
        return parameters;
    }

    private static Map<String, String> words(
            Form form, String field, Function<String, Optional<String>> meaning) {
        var words = new LinkedHashMap<String, String>();
        form.texts(field, WORDS_MAX, WORD_CHARS_MAX)
                .forEach((word, value) -> {
                    var name = field + '.' + word;
                    var means = meaning.apply(value.toLowerCase(Locale.ROOT));
                    if (means.isEmpty()) {
                        form.problem(name, unknownMeaning(field, value));
                        return;
                    }
                    var plain = word.strip().toLowerCase(Locale.ROOT);
                    if (words.putIfAbsent(plain, means.get()) != null) {
                        form.problem(name, "The word is there twice; case does not count");
                    }
                });
        return words;
    }

    private static String unknownMeaning(String field, String value) {
        return field.equals("statuses")
                ? "\""
                        + value
                        + "\"; expected is pending, approved, rejected, reversed, ignore, or"
                        + " event: and an event type"
                : "\"" + value + "\"; an event type has 1 to 40 of a-z, 0-9 and underscore";
    }

    private static Optional<String> status(String value) {
        boolean known =
                value.equals(IGNORE)
                        || Arrays.stream(Status.values()).anyMatch(s -> s.word().equals(value))
                        || (value.startsWith(EVENT_PREFIX)
                                && EventTypes.isWellFormed(value.substring(EVENT_PREFIX.length())));
        return known ? Optional.of(value) : Optional.empty();
    }

    private static Optional<String> event(String value) {
        return EventTypes.isWellFormed(value) ? Optional.of(value) : Optional.empty();
    }

    private static Optional<String> zone(Form form) {
        return form.text("timeZone", 64)
                .filter(name -> {
                    try {
                        ZoneId.of(name);
                        return true;
                    } catch (DateTimeException _) {
                        form.problem(
                                "timeZone",
                                "\""
                                        + name
                                        + "\" is no time zone"
                                        + Nearest.of(name, ZoneId.getAvailableZoneIds())
                                                .map(near -> "; did you mean \"" + near + "\"?")
                                                .orElse(", such as Europe/Kyiv"));
                        return false;
                    }
                });
    }

    private static Security security(Form form, Draft<Sender> draft) {
        form.onlyFields(Set.of("token", "tokens", "addresses", "signature", SenderPath.FIELD));
        var before = draft.before();
        var kept = before == null ? List.<String>of() : before.security().tokenFingerprints();
        int keep = form.number("tokens", 0, TOKENS_MAX, 0);
        if (keep != 0 && keep != kept.size()) {
            form.problem(
                    "tokens",
                    keep + "; the sender has " + kept.size() + ": send that to keep them, or 0");
        }
        var fingerprints = new ArrayList<>(keep == 0 ? List.of() : kept);
        token(form, draft)
                .ifPresent(token -> {
                    var fingerprint = draft.tokens().fingerprint(token);
                    if (!fingerprints.contains(fingerprint)) {
                        fingerprints.add(fingerprint);
                    }
                    draft.tokens().show(token);
                });
        if (fingerprints.size() > TOKENS_MAX) {
            form.problem("token", "A sender has at most " + TOKENS_MAX + " tokens");
        }
        var signature = form.form("signature").flatMap(inner -> SenderSignature.read(inner, draft));
        var path = form.form(SenderPath.FIELD).flatMap(inner -> SenderPath.read(inner, draft));
        return new Security(
                fingerprints, addresses(form), signature.orElse(null), path.orElse(null));
    }

    private static Optional<String> token(Form form, Draft<Sender> draft) {
        var asked = form.raw("token").filter(JsonNode::isBoolean).map(JsonNode::asBoolean);
        if (asked.isPresent()) {
            return asked.filter(wanted -> wanted).map(_ -> draft.tokens().made());
        }
        return form.text("token", TOKEN_CHARS_MAX)
                .filter(token -> {
                    boolean good = token.length() >= TOKEN_CHARS_MIN;
                    if (!good) {
                        form.problem("token", "At least " + TOKEN_CHARS_MIN + " characters");
                    }
                    return good;
                });
    }

    private static List<String> addresses(Form form) {
        var networks = new ArrayList<String>();
        var texts = form.list("addresses", ADDRESSES_MAX, 50);
        for (int i = 0; i < texts.size(); i++) {
            var network = Network.canonical(texts.get(i));
            if (network.isPresent()) {
                networks.add(network.get());
            } else {
                form.problem(
                        "addresses[" + i + ']',
                        "\"" + texts.get(i) + "\" is no network, such as 192.0.2.0/24");
            }
        }
        return networks.stream().distinct().toList();
    }

    private static Answer answer(Form form) {
        form.onlyFields(Set.of("always200", "body"));
        return new Answer(
                form.flag("always200", false), form.text("body", BODY_CHARS_MAX).orElse(null));
    }

    @Override
    public void write(Sender sender, Catalog catalog, String token, ObjectNode node) {
        node.put(TEMPLATE, sender.template());
        putSorted(node, "parameters", sender.parameters());
        putSorted(node, "statuses", sender.statuses());
        putSorted(node, "events", sender.events());
        node.put("currency", sender.currency());
        var limit = sender.payoutLimitMicros();
        node.put("payoutLimit", limit == null ? null : Money.plain(limit));
        node.put("timeZone", sender.timeZone());
        node.put(FEED, sender.reportsBy().word());
        SenderRules.write(sender, node);
        var security = node.putObject("security");
        if (!token.isEmpty()) {
            security.put("token", token);
        }
        security.put("tokens", sender.security().tokenFingerprints().size());
        var addresses = security.putArray("addresses");
        sender.security().addresses().forEach(addresses::add);
        SenderSignature.write(sender.security().signature(), security);
        SenderPath.write(sender.security().path(), security);
        var answer = node.putObject("answer");
        answer.put("always200", sender.answer().always200());
        answer.put("body", sender.answer().body());
        var template = Optional.ofNullable(sender.template()).flatMap(Templates.catalogue()::find);
        node.put("postbackUrl", config.postbackUrl(sender));
        node.put("postbackTemplate", postbackTemplate(sender, PostbackForm.of(sender), token));
        var reports = node.putArray("postbackTemplates");
        template.ifPresent(made ->
                PostbackUrls.write(
                        made,
                        report -> postbackTemplate(sender, PostbackForm.of(sender, report), token),
                        reports));
        node.put(
                "offerParameter",
                template.map(Template::offerParameter)
                        .filter(name -> !name.isEmpty())
                        .orElse(null));
        var warnings = node.putArray("warnings");
        if (sender.security().isOpen()) {
            warnings.add(Reason.UNSIGNED_SENDER.code());
        }
    }

    @Override
    public void showSecret(ObjectNode node, String secret) {
        SenderSignature.show(node, secret);
    }

    @Override
    public void showPath(ObjectNode node, String secret) {
        SenderPath.show(node, secret);
    }

    /// The postback URL with the network's own macros; without a template with our fields in their
    /// place.
    private String postbackTemplate(Sender sender, PostbackForm form, String token) {
        var url = config.publicUrl() + form.url(ConsoleConfig.inPath(sender));
        return sender.security().tokenFingerprints().isEmpty()
                ? url
                : url
                        + '&'
                        + PostbackForm.parameter(sender, Field.TOKEN)
                        + '='
                        + (token.isEmpty() ? "{token}" : Percent.encode(token));
    }

    private static void putSorted(ObjectNode node, String field, Map<String, String> values) {
        var object = node.putObject(field);
        new TreeMap<>(values).forEach(object::put);
    }

    @Override
    public List<String> references(String key, Catalog catalog) {
        return catalog.all(Offer.class).values().stream()
                .filter(offer -> !offer.archived())
                .filter(offer -> key.equals(offer.sender()))
                .map(offer -> "offer \"" + offer.key() + '"')
                .sorted()
                .toList();
    }

    @Override
    public Sender archived(Sender sender) {
        return sender.with(true);
    }
}
