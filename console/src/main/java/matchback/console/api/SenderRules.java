package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import matchback.model.Money;
import matchback.model.Reason;
import matchback.model.catalog.BrowserRule;
import matchback.model.catalog.DuplicateRule;
import matchback.model.catalog.PayoutRule;
import matchback.model.catalog.ReviewRule;
import matchback.model.catalog.Sender;
import org.jspecify.annotations.Nullable;

/// The parts of a sender that say what its reports earn, which of them are about one conversion,
/// what becomes of those that are held, and what is taken of a browser's word: `payoutRule`,
/// `duplicateRule`, `reviewRules`, `browserReports` and `browserPayouts`.
final class SenderRules {
    static final String PAYOUT = "payoutRule";
    static final String DUPLICATES = "duplicateRule";
    static final String REVIEWS = "reviewRules";
    static final String BROWSER_REPORTS = "browserReports";
    static final String BROWSER_PAYOUTS = "browserPayouts";
    private static final String REASON = "reason";
    private static final String AFTER = "afterHours";
    private static final String VERDICT = "verdict";
    private static final String APPROVE = "approve";
    private static final List<String> VERDICTS = List.of(APPROVE, "reject");
    private static final List<String> HELD =
            Arrays.stream(Reason.values())
                    .filter(reason -> !reason.isWarning() && Reviews.isHeld(reason))
                    .map(Reason::code)
                    .toList();
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
                        DUPLICATES, Schema.words("Which reports are one conversion", RULES)),
                FieldSpec.optional(
                        REVIEWS,
                        Schema.list("What becomes of held postbacks nobody decides", review())),
                FieldSpec.optional(
                        BROWSER_REPORTS,
                        Schema.flag(
                                "Whether reports by pixel, cookie and script are taken although"
                                        + " the sender asks for proof, which a browser has not")),
                FieldSpec.optional(
                        BROWSER_PAYOUTS,
                        Schema.flag(
                                "Whether payouts that a browser names are taken although nobody"
                                        + " signed them")));
    }

    static @Nullable BrowserRule browsers(Form form) {
        var rule =
                new BrowserRule(
                        form.flag(BROWSER_REPORTS, false), form.flag(BROWSER_PAYOUTS, false));
        return rule.equals(BrowserRule.STRICT) ? null : rule;
    }

    private static ObjectNode review() {
        return Schema.object(
                "One rule",
                List.of(
                        FieldSpec.required(REASON, Schema.words("Held for this reason", HELD)),
                        FieldSpec.required(
                                AFTER,
                                Schema.integer(
                                        "Hours after the receipt", 1, ReviewRule.AFTER_HOURS_MAX)),
                        FieldSpec.required(VERDICT, Schema.words("What is done", VERDICTS))));
    }

    static List<ReviewRule> reviews(Form form) {
        var rules = new LinkedHashMap<String, ReviewRule>();
        for (var inner : form.forms(REVIEWS, HELD.size())) {
            inner.onlyFields(Set.of(REASON, AFTER, VERDICT));
            var reason = required(inner, REASON, HELD);
            var verdict = required(inner, VERDICT, VERDICTS);
            int hours = inner.number(AFTER, 1, ReviewRule.AFTER_HOURS_MAX, 0);
            if (!inner.has(AFTER)) {
                inner.problem(AFTER, "A whole number from 1 to " + ReviewRule.AFTER_HOURS_MAX);
            }
            if (reason.isPresent() && verdict.isPresent() && hours > 0) {
                var rule = new ReviewRule(reason.get(), hours, verdict.get().equals(APPROVE));
                if (rules.putIfAbsent(reason.get(), rule) != null) {
                    inner.problem(REASON, "The reason is there twice");
                }
            }
        }
        return List.copyOf(rules.values());
    }

    private static Optional<String> required(Form form, String field, List<String> words) {
        if (!form.has(field)) {
            form.problem(field, "One of " + String.join(", ", words));
        }
        return form.word(field, Set.copyOf(words));
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
        node.put(BROWSER_REPORTS, sender.browsers().unproven());
        node.put(BROWSER_PAYOUTS, sender.browsers().payouts());
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
        var reviews = node.putArray(REVIEWS);
        for (var review : sender.rulesOfReview()) {
            reviews.addObject()
                    .put(REASON, review.reason())
                    .put(AFTER, review.afterHours())
                    .put(VERDICT, review.approves() ? APPROVE : "reject");
        }
    }
}
