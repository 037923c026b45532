package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import matchback.model.Money;
import matchback.model.catalog.DuplicateRule;
import matchback.model.catalog.PayoutRule;
import matchback.model.catalog.Sender;
import org.jspecify.annotations.Nullable;

/// The parts of a sender that say what its reports earn and which of them are about one conversion:
/// `payoutRule` and `duplicateRule`.
final class SenderRules {
    static final String PAYOUT = "payoutRule";
    static final String DUPLICATES = "duplicateRule";
    private static final String KIND = "kind";
    private static final String AMOUNT = "amount";
    private static final String PERCENT = "percent";
    private static final String AS_SENT = "as_sent";
    private static final List<String> KINDS = kinds();
    private static final List<String> RULES =
            Arrays.stream(DuplicateRule.values()).map(DuplicateRule::word).toList();

    private SenderRules() {}

    private static List<String> kinds() {
        var kinds =
                Arrays.stream(PayoutRule.Kind.values())
                        .map(PayoutRule.Kind::word)
                        .collect(Collectors.toList());
        kinds.addFirst(AS_SENT);
        return List.copyOf(kinds);
    }

    static List<FieldSpec> fields() {
        return List.of(
                FieldSpec.optional(
                        PAYOUT,
                        Schema.orNull(
                                Schema.object(
                                        "What a conversion earns; null: what the report says",
                                        List.of(
                                                FieldSpec.required(
                                                        KIND, Schema.words("Which rule", KINDS)),
                                                FieldSpec.optional(
                                                        AMOUNT,
                                                        Schema.orNull(
                                                                Schema.amount(
                                                                        "Of a fixed payout, in the"
                                                                                + " sender's currency"))),
                                                FieldSpec.optional(
                                                        PERCENT,
                                                        Schema.orNull(
                                                                Schema.amount(
                                                                        "Of a share: more than 0,"
                                                                                + " at most 100"))))))),
                FieldSpec.optional(
                        DUPLICATES, Schema.words("Which reports are one conversion", RULES)));
    }

    static Optional<PayoutRule> payout(Form form) {
        form.onlyFields(Set.of(KIND, AMOUNT, PERCENT));
        if (!form.has(KIND)) {
            form.problem(KIND, "One of " + String.join(", ", KINDS));
        }
        var amount = form.micros(AMOUNT);
        var percent = form.micros(PERCENT);
        return form.word(KIND, Set.copyOf(KINDS))
                .flatMap(PayoutRule.Kind::ofWord)
                .flatMap(kind -> rule(form, kind, amount, percent));
    }

    private static Optional<PayoutRule> rule(
            Form form, PayoutRule.Kind kind, Optional<Long> amount, Optional<Long> percent) {
        var micros =
                switch (kind) {
                    case FIXED -> amount.isPresent() ? amount : missing(form, AMOUNT);
                    case SHARE_OF_PAYOUT, SHARE_OF_VALUE ->
                            percent.isPresent()
                                    ? percent.filter(p -> isPercent(form, p))
                                    : missing(form, PERCENT);
                    case OFFER_DEFAULT -> Optional.of(0L);
                };
        return micros.map(m -> new PayoutRule(kind, m));
    }

    private static boolean isPercent(Form form, long micros) {
        boolean good = micros > 0 && micros <= PayoutRule.PERCENT_MICROS_MAX;
        if (!good) {
            form.problem(PERCENT, "More than 0, at most 100");
        }
        return good;
    }

    private static Optional<Long> missing(Form form, String field) {
        if (!form.has(field)) {
            form.problem(field, "This rule needs it");
        }
        return Optional.empty();
    }

    /// @param otherwise when the form names none; null: the standard
    static @Nullable DuplicateRule duplicates(Form form, @Nullable DuplicateRule otherwise) {
        return form.word(DUPLICATES, Set.copyOf(RULES))
                .flatMap(DuplicateRule::ofWord)
                .map(rule -> rule == DuplicateRule.STANDARD ? null : rule)
                .or(() -> form.has(DUPLICATES) ? Optional.empty() : Optional.ofNullable(otherwise))
                .orElse(null);
    }

    static void write(Sender sender, ObjectNode node) {
        var rule = sender.payoutRule();
        if (rule == null) {
            node.putNull(PAYOUT);
        } else {
            var payout = node.putObject(PAYOUT);
            payout.put(KIND, rule.kind().word());
            switch (rule.kind()) {
                case FIXED -> payout.put(AMOUNT, Money.plain(rule.micros()));
                case SHARE_OF_PAYOUT, SHARE_OF_VALUE -> payout.put(PERCENT, rule.percent());
                case OFFER_DEFAULT -> {
                    // Its amount is the offer's.
                }
            }
        }
        node.put(DUPLICATES, sender.duplicates().word());
    }
}
