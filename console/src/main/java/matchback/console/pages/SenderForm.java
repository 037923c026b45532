package matchback.console.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import matchback.console.pages.FormField.Area;
import matchback.console.pages.FormField.Check;
import matchback.console.pages.FormField.Choice;
import matchback.console.pages.FormField.Pair;
import matchback.console.pages.FormField.Pairs;
import matchback.console.pages.FormField.Text;
import matchback.console.templates.Template;
import matchback.console.templates.Templates;
import matchback.model.Feed;
import matchback.model.Field;
import matchback.model.signature.SignatureScheme;

/// The form of a sender.
record SenderForm() implements EntityForm {
    private static final String TEMPLATE = "template";
    private static final String PARAMETERS = "parameters";
    private static final String STATUSES = "statuses";
    private static final String EVENTS = "events";
    private static final String SECURITY = "security";
    private static final String TOKENS = "tokens";
    private static final String PATH = "path";
    private static final String PATH_AUTO = "auto";
    private static final String SIGNATURE = "signature";
    private static final String ADDRESSES = "addresses";
    private static final String ANSWER = "answer";
    private static final String FEED = "feed";
    private static final List<String> FIELDS =
            Stream.of(
                            Field.CLICKID,
                            Field.PAYOUT,
                            Field.CURRENCY,
                            Field.TXID,
                            Field.STATUS,
                            Field.EVENT,
                            Field.VALUE,
                            Field.EVENT_ID,
                            Field.EVENT_TIME,
                            Field.TOKEN)
                    .map(Field::key)
                    .toList();

    @Override
    public Section section() {
        return Section.SENDERS;
    }

    @Override
    public String path() {
        return "senders";
    }

    @Override
    public List<FormPage.Group> groups(Filling filling) {
        var texts = filling.visit().texts();
        return List.of(
                new FormPage.Group(texts.of("senders.group"), "", naming(filling)),
                new FormPage.Group(texts.of("senders.security_group"), "", security(filling)),
                new FormPage.Group(
                        texts.of("senders.parameters_group"), "", List.of(parameters(filling))),
                new FormPage.Group(texts.of("senders.words_group"), "", words(filling)),
                new FormPage.Group(
                        texts.of("senders.rules_group"), "", SenderRuleFields.of(filling)),
                new FormPage.Group(texts.of("senders.defaults_group"), "", defaults(filling)));
    }

    private static List<FormField> naming(Filling filling) {
        var options = new ArrayList<Option>();
        options.add(Option.of("", filling.visit().texts().of("senders.no_template")));
        Templates.catalogue()
                .all()
                .forEach(template -> options.add(Option.of(template.key(), template.name())));
        var fields = new ArrayList<>(filling.naming());
        fields.add(filling.choice(TEMPLATE, options));
        fields.add(
                filling.choice(
                        FEED,
                        Stream.of(Feed.S2S, Feed.MMP)
                                .map(feed ->
                                        Option.of(
                                                feed.word(),
                                                filling.visit()
                                                        .texts()
                                                        .of("senders.feed_" + feed.word())))
                                .toList()));
        return fields;
    }

    private static List<FormField> security(Filling filling) {
        var texts = filling.visit().texts();
        var security = filling.document().path(SECURITY);
        boolean has = security.path(TOKENS).asInt() > 0;
        var options =
                Stream.of("none", "keep", "new")
                        .filter(word -> has || !word.equals("keep"))
                        .map(word -> Option.of(word, texts.of("senders.token_" + word)))
                        .toList();
        var lines = new StringBuilder();
        security.path(ADDRESSES).forEach(a -> lines.append(a.asText()).append('\n'));
        return List.of(
                path(filling, security.path(PATH)),
                new Choice(
                        "token",
                        filling.label("token"),
                        security.path("token").asBoolean() ? "new" : has ? "keep" : "none",
                        options,
                        filling.hint("token"),
                        filling.errorWithin(SECURITY + ".token")),
                signature(filling, security.path(SIGNATURE)),
                new Area(
                        ADDRESSES,
                        filling.label(ADDRESSES),
                        lines.toString(),
                        filling.hint(ADDRESSES),
                        filling.errorWithin(SECURITY + '.' + ADDRESSES),
                        "192.0.2.0/24"));
    }

    private static Choice path(Filling filling, JsonNode path) {
        var texts = filling.visit().texts();
        boolean has = path.path("keys").size() > 0;
        var words =
                filling.isNew()
                        ? List.of(PATH_AUTO, "new", "none")
                        : has ? List.of("keep", "rotate", "new", "none") : List.of("none", "new");
        var chosen =
                path.path("rotate").asBoolean()
                        ? "rotate"
                        : path.path("secret").asBoolean() ? "new" : has ? "keep" : "none";
        return new Choice(
                PATH,
                filling.label(PATH),
                filling.isNew() && path.isMissingNode() ? PATH_AUTO : chosen,
                words.stream()
                        .map(word -> Option.of(word, texts.of("senders.path_" + word)))
                        .toList(),
                filling.hint(PATH),
                filling.errorWithin(SECURITY + '.' + PATH));
    }

    /// @param template key of the chosen one; empty for none
    private static void readPath(String word, ObjectNode security, String template) {
        switch (word) {
            case "", "keep" -> {
                // What is there stays as it is.
            }
            case "rotate" -> security.withObject(PATH).put("rotate", true);
            case "new" -> security.putObject(PATH).put("secret", true);
            case PATH_AUTO -> {
                // The address of another tracker is known to its networks already.
                if (Templates.catalogue().find(template).filter(Template::isTracker).isEmpty()) {
                    security.putObject(PATH).put("secret", true);
                }
            }
            default -> security.putNull(PATH);
        }
    }

    private static Choice signature(Filling filling, JsonNode signature) {
        var texts = filling.visit().texts();
        boolean has = signature.path("keys").size() > 0;
        var words =
                Stream.concat(
                        has ? Stream.of("keep", "rotate", "none") : Stream.of("none"),
                        Arrays.stream(SignatureScheme.values()).map(SignatureScheme::word));
        return new Choice(
                SIGNATURE,
                filling.label(SIGNATURE),
                signature.path("secret").asBoolean()
                        ? signature.path("scheme").asText()
                        : signature.path("rotate").asBoolean() ? "rotate" : has ? "keep" : "none",
                words.map(word -> Option.of(word, texts.of("senders.signature_" + word))).toList(),
                filling.hint(SIGNATURE),
                filling.errorWithin(SECURITY + '.' + SIGNATURE));
    }

    private static void readSignature(String word, ObjectNode security) {
        switch (word) {
            case "", "keep" -> {
                // What is there stays as it is.
            }
            case "none" -> security.remove(SIGNATURE);
            case "rotate" -> security.withObject(SIGNATURE).put("rotate", true);
            default -> security.putObject(SIGNATURE).put("scheme", word).put("secret", true);
        }
    }

    private static Pairs parameters(Filling filling) {
        var texts = filling.visit().texts();
        var parameters = filling.document().path(PARAMETERS);
        return new Pairs(
                PARAMETERS,
                texts.of("senders.parameters"),
                texts.of("senders.parameters_hint"),
                FIELDS.stream()
                        .map(name ->
                                new Pair(
                                        name,
                                        name,
                                        parameters.path(name).asText(""),
                                        filling.error(PARAMETERS + '.' + name)))
                        .toList());
    }

    private static List<FormField> words(Filling filling) {
        return List.of(
                new Area(
                        STATUSES,
                        filling.label(STATUSES),
                        Documents.lines(filling.document(), STATUSES),
                        filling.hint(STATUSES),
                        filling.errorWithin(STATUSES),
                        "confirmed = approved"),
                new Area(
                        EVENTS,
                        filling.label(EVENTS),
                        Documents.lines(filling.document(), EVENTS),
                        filling.hint(EVENTS),
                        filling.errorWithin(EVENTS),
                        "first_deposit = deposit"));
    }

    private static List<FormField> defaults(Filling filling) {
        var answer = filling.document().path(ANSWER);
        return List.of(
                filling.text("currency", false, false),
                filling.text("payoutLimit", false, false),
                filling.text("timeZone", false, false),
                new Text(
                        "answerBody",
                        filling.label("answerBody"),
                        answer.path("body").asText("").replace("null", ""),
                        filling.hint("answerBody"),
                        filling.errorWithin(ANSWER),
                        "",
                        "text",
                        false,
                        false),
                new Check(
                        "always200",
                        filling.label("always200"),
                        answer.path("always200").asBoolean(),
                        filling.hint("always200")));
    }

    @Override
    public void read(Visit visit, ObjectNode document) {
        var before = Documents.text(document, TEMPLATE);
        Documents.putText(
                visit, document, "name", TEMPLATE, FEED, "currency", "payoutLimit", "timeZone");
        Documents.putPairs(visit, document, PARAMETERS, FIELDS);
        Documents.putLines(document, STATUSES, visit.form(STATUSES));
        Documents.putLines(document, EVENTS, visit.form(EVENTS));
        var security = document.withObject(SECURITY);
        switch (visit.form("token")) {
            case "new" -> {
                security.remove(TOKENS);
                security.put("token", true);
            }
            case "keep" -> security.remove("token");
            default -> {
                security.remove(TOKENS);
                security.remove("token");
            }
        }
        readSignature(visit.form(SIGNATURE), security);
        readPath(visit.form(PATH), security, visit.form(TEMPLATE));
        var addresses = security.putArray(ADDRESSES);
        visit.form(ADDRESSES)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(addresses::add);
        var answer = document.withObject(ANSWER);
        Documents.putFlag(visit, answer, "always200");
        var body = visit.form("answerBody");
        if (body.isEmpty()) {
            answer.putNull("body");
        } else {
            answer.put("body", body);
        }
        SenderRuleFields.read(visit, document);
        var template = visit.form(TEMPLATE);
        if (!template.isEmpty() && !template.equals(before)) {
            leaveToTemplate(document);
        }
    }

    /// What was left empty is the template's to fill.
    private static void leaveToTemplate(ObjectNode document) {
        if (Documents.text(document, FEED).equals(Feed.S2S.word())) {
            document.remove(FEED);
        }
        for (var field : List.of(PARAMETERS, STATUSES, EVENTS)) {
            if (document.path(field).isEmpty()) {
                document.remove(field);
            }
        }
        SenderRuleFields.leaveToTemplate(document);
        var answer = document.path(ANSWER);
        if (!answer.path("always200").asBoolean() && answer.path("body").isNull()) {
            document.remove(ANSWER);
        }
    }
}
