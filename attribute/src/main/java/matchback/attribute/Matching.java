package matchback.attribute;

import java.util.Locale;
import java.util.Optional;
import matchback.attribute.Match.By;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.SubjectState;
import matchback.model.Feed;
import matchback.model.Status;
import matchback.model.catalog.DuplicateRule;
import matchback.model.trace.StepKind;

/// Finds the conversion a report is about, by its sender's duplicate rule.
///
/// The rule is about what servers report. A browser sees what a server reports too and knows no
/// ids, so between the two sides the standard holds under every rule: what only the one side has
/// reported so far is what the other one reports.
final class Matching {
    /// Conversions without a txid that are looked at for one to adopt. Where each report counts
    /// there may be any number of them, and one that only the other side has reported is among the
    /// first: once there are several, a report without txid is not counted from there.
    private static final int LOOKED_AT_MAX = 100;

    private final RulesConfig config;

    Matching(RulesConfig config) {
        this.config = config;
    }

    Match match(Report report, PostbackReceived postback, DuplicateRule rule, SubjectState state) {
        var search = new Search(report, postback.feed(), postback.receivedAt(), state);
        if (!postback.feed().isServer()) {
            return search.standard();
        }
        return switch (rule) {
            case STANDARD -> search.standard();
            case TRANSACTION -> search.byTransaction();
            case EVENT_ID -> search.byEventId();
            case CLICK_AND_TYPE, KEEP_FIRST, ADD_UP -> search.byType();
            case EACH_REPORT -> search.each();
        };
    }

    /// Notes what was found.
    static void told(Match match, Report report, DuplicateRule rule, Case of) {
        var trace = of.trace();
        if (rule != DuplicateRule.STANDARD && of.postback().feed().isServer()) {
            trace.took(StepKind.DUPLICATES_BY, rule.word());
        }
        switch (match) {
            case Match.None _ ->
                    trace.took(StepKind.MATCHED_NONE, report.eventType(), report.txid());
            case Match.Of(var conversion, var by) ->
                    trace.took(
                            StepKind.MATCHED,
                            conversion.id(),
                            by.name().toLowerCase(Locale.ROOT),
                            conversion.status().word());
            case Match.Several _ -> trace.took(StepKind.MATCHED_SEVERAL, report.eventType());
        }
    }

    private final class Search {
        private final Report report;
        private final Feed feed;
        private final long receivedAt;
        private final SubjectState state;

        Search(Report report, Feed feed, long receivedAt, SubjectState state) {
            this.report = report;
            this.feed = feed;
            this.receivedAt = receivedAt;
            this.state = state;
        }

        /// By event id; by type and txid; by adopting one that has no txid yet; a report without
        /// txid joins the click's only conversion of its type.
        Match standard() {
            return knownEventId()
                    .or(this::knownTransaction)
                    .orElseGet(() ->
                            report.txid().isEmpty()
                                    ? onlyOne()
                                    : adopted(false).orElseGet(Match.None::new));
        }

        Match byTransaction() {
            if (!report.txid().isEmpty()) {
                return knownTransaction().or(() -> adopted(true)).orElseGet(Match.None::new);
            }
            return state.withoutTransaction(report.eventType(), LOOKED_AT_MAX).stream()
                    .filter(conversion -> conversion.txid().isEmpty())
                    .findFirst()
                    .<Match>map(conversion -> new Match.Of(conversion, By.ONLY_ONE))
                    .or(this::onlyOfOtherSide)
                    .orElseGet(Match.None::new);
        }

        Match byEventId() {
            var unidentified = state.unidentified(report.eventType());
            if (report.eventId().isEmpty()) {
                return unidentified
                        .<Match>map(conversion -> new Match.Of(conversion, By.ONLY_ONE))
                        .or(this::onlyOfOtherSide)
                        .orElseGet(Match.None::new);
            }
            return knownEventId().or(this::onlyOfOtherSide).orElseGet(Match.None::new);
        }

        Match byType() {
            return knownEventId()
                    .filter(this::isOfType)
                    .or(this::knownTransaction)
                    .orElseGet(this::onlyOne);
        }

        Match each() {
            var known = knownEventId().or(this::knownTransaction);
            if (known.isPresent()) {
                return known.get();
            }
            var status = report.status();
            boolean isTakenBack = status == Status.REJECTED || status == Status.REVERSED;
            return isTakenBack && report.txid().isEmpty() && report.eventId().isEmpty()
                    ? onlyOne()
                    : adopted(true).or(this::namelessOfOtherSide).orElseGet(Match.None::new);
        }

        /// A report without txid is of the one purchase that only the other side has told of,
        /// whatever that one calls it.
        private Optional<Match> namelessOfOtherSide() {
            return report.txid().isEmpty() ? onlyOfOtherSide() : Optional.empty();
        }

        private Optional<Match> knownEventId() {
            return report.eventId().isEmpty()
                    ? Optional.empty()
                    : state.byEventId(report.eventId()).map(c -> new Match.Of(c, By.EVENT_ID));
        }

        private Optional<Match> knownTransaction() {
            return report.txid().isEmpty()
                    ? Optional.empty()
                    : state.byTransaction(report.eventType(), report.txid())
                            .map(c -> new Match.Of(c, By.TRANSACTION));
        }

        private boolean isOfType(Match match) {
            return match instanceof Match.Of(var conversion, _)
                    && conversion.eventType().equals(report.eventType());
        }

        /// @param acrossSides whether only what the other side reported is adopted
        private Optional<Match> adopted(boolean acrossSides) {
            return state.withoutTransaction(report.eventType(), LOOKED_AT_MAX).stream()
                    .filter(conversion -> conversion.txid().isEmpty())
                    .filter(conversion -> !acrossSides || isOfOtherSide(conversion))
                    .filter(this::isRecent)
                    .findFirst()
                    .map(conversion -> new Match.Of(conversion, By.ADOPTION));
        }

        private Match onlyOne() {
            // Two are as good as all: whoever knows a click's id can report any number of them.
            var ofType = state.ofType(report.eventType(), 2);
            return switch (ofType.size()) {
                case 0 -> new Match.None();
                case 1 -> new Match.Of(ofType.getFirst(), By.ONLY_ONE);
                default -> new Match.Several();
            };
        }

        private Optional<Match> onlyOfOtherSide() {
            var ofType = state.ofType(report.eventType(), 2);
            return ofType.size() == 1 && isOfOtherSide(ofType.getFirst())
                    ? Optional.of(ofType.getFirst())
                            .filter(this::isRecent)
                            .map(conversion -> new Match.Of(conversion, By.ONLY_ONE))
                    : Optional.empty();
        }

        private boolean isRecent(ConversionState conversion) {
            return receivedAt - conversion.receivedAt() <= config.adoptWithin().toMillis();
        }

        private boolean isOfOtherSide(ConversionState conversion) {
            return conversion.feeds().stream().noneMatch(f -> f.isServer() == feed.isServer());
        }
    }
}
