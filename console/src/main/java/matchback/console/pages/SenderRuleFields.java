package matchback.console.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import matchback.console.pages.EntityForm.Filling;
import matchback.console.pages.FormField.Area;
import matchback.console.pages.FormField.Check;
import matchback.console.pages.FormField.Choice;
import matchback.console.pages.FormField.Text;
import matchback.model.catalog.DuplicateRule;
import matchback.model.catalog.PayoutRule;

/// The part of a sender's form that says what its reports earn, which are one conversion, and what
/// becomes of held ones.
final class SenderRuleFields {
    private static final String PAYOUT = "payoutRule";
    private static final String DUPLICATES = "duplicateRule";
    private static final String REVIEWS = "reviewRules";
    private static final Pattern REVIEW =
            Pattern.compile("(\\w+)\\s*=\\s*(\\w+)\\s+after\\s+(\\d{1,6})\\s*(hour|day)s?");
    private static final String BROWSER_REPORTS = "browserReports";
    private static final String BROWSER_PAYOUTS = "browserPayouts";
    private static final String KIND = "kind";
    private static final String AMOUNT = "amount";
    private static final String PERCENT = "percent";
    private static final String AS_SENT = "as_sent";

    private SenderRuleFields() {}

    static List<FormField> of(Filling filling) {
        var texts = filling.visit().texts();
        var payout = filling.document().path(PAYOUT);
        var kinds =
                Stream.concat(
                                Stream.of(AS_SENT),
                                Arrays.stream(PayoutRule.Kind.values()).map(PayoutRule.Kind::word))
                        .map(word -> Option.of(word, texts.of("senders.payout_" + word)))
                        .toList();
        var rules =
                Arrays.stream(DuplicateRule.values())
                        .map(DuplicateRule::word)
                        .map(word -> Option.of(word, texts.of("senders.duplicates_" + word)))
                        .toList();
        return List.of(
                new Choice(
                        PAYOUT,
                        filling.label(PAYOUT),
                        payout.path(KIND).asText(AS_SENT),
                        kinds,
                        filling.hint(PAYOUT),
                        filling.error(PAYOUT + '.' + KIND)),
                text(filling, "payoutAmount", AMOUNT),
                text(filling, "payoutPercent", PERCENT),
                filling.choice(DUPLICATES, rules),
                new Area(
                        REVIEWS,
                        filling.label(REVIEWS),
                        lines(filling.document()),
                        filling.hint(REVIEWS),
                        filling.errorWithin(REVIEWS),
                        "bot_click = reject after 72 hours"),
                check(filling, BROWSER_REPORTS),
                check(filling, BROWSER_PAYOUTS));
    }

    private static Check check(Filling filling, String field) {
        return new Check(
                field,
                filling.label(field),
                filling.document().path(field).asBoolean(),
                filling.hint(field));
    }

    private static String lines(ObjectNode document) {
        var lines = new ArrayList<String>();
        for (var rule : document.path(REVIEWS)) {
            // One that was no rule stands as it was typed.
            lines.add(
                    !rule.has("verdict")
                            ? rule.path("reason").asText()
                            : "%s = %s after %s hours"
                                    .formatted(
                                            rule.path("reason").asText(),
                                            rule.path("verdict").asText(),
                                            rule.path("afterHours").asText()));
        }
        return String.join("\n", lines);
    }

    /// Lines `reason = verdict after so many hours`, or days. What is no such line stays as it is,
    /// for the rules to complain about.
    private static void readReviews(Visit visit, ObjectNode document) {
        var rules = document.putArray(REVIEWS);
        visit.form(REVIEWS)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(line -> {
                    var found = REVIEW.matcher(line);
                    if (!found.matches()) {
                        rules.addObject().put("reason", line);
                        return;
                    }
                    int count = Integer.parseInt(found.group(3));
                    rules.addObject()
                            .put("reason", found.group(1))
                            .put("verdict", found.group(2))
                            .put("afterHours", found.group(4).equals("day") ? count * 24 : count);
                });
    }

    private static Text text(Filling filling, String name, String field) {
        return new Text(
                name,
                filling.label(name),
                filling.document().path(PAYOUT).path(field).asText(""),
                filling.hint(name),
                filling.error(PAYOUT + '.' + field),
                filling.visit().texts().orElse("form." + name + ".example", ""),
                "text",
                false,
                false);
    }

    static void read(Visit visit, ObjectNode document) {
        var kind = visit.form(PAYOUT);
        if (kind.isEmpty() || kind.equals(AS_SENT)) {
            document.putNull(PAYOUT);
        } else {
            var payout = document.putObject(PAYOUT).put(KIND, kind);
            put(payout, AMOUNT, visit.form("payoutAmount"));
            put(payout, PERCENT, visit.form("payoutPercent"));
        }
        Documents.putText(visit, document, DUPLICATES);
        readReviews(visit, document);
        Documents.putFlag(visit, document, BROWSER_REPORTS);
        Documents.putFlag(visit, document, BROWSER_PAYOUTS);
    }

    private static void put(ObjectNode payout, String field, String text) {
        if (!text.isEmpty()) {
            payout.put(field, text);
        }
    }

    /// What stands for nothing chosen is the template's to fill.
    static void leaveToTemplate(ObjectNode document) {
        if (Documents.text(document, DUPLICATES).equals(DuplicateRule.STANDARD.word())) {
            document.remove(DUPLICATES);
        }
    }
}
