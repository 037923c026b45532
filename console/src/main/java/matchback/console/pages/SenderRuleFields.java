package matchback.console.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import matchback.console.pages.EntityForm.Filling;
import matchback.console.pages.FormField.Choice;
import matchback.console.pages.FormField.Text;
import matchback.model.catalog.DuplicateRule;
import matchback.model.catalog.PayoutRule;

/// The part of a sender's form that says what its reports earn and which are one conversion.
final class SenderRuleFields {
    private static final String PAYOUT = "payoutRule";
    private static final String DUPLICATES = "duplicateRule";
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
                filling.choice(DUPLICATES, rules));
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
