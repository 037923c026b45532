package matchback.model.catalog;

import java.util.Locale;
import java.util.Optional;
import matchback.model.Money;
import matchback.model.RecordId;
import matchback.model.catalog.Destination.Moment;

/// Why a destination is not told of a conversion.
public enum Silence {
    ARCHIVED("it is archived"),
    /// It does not hear of what happened.
    MOMENT("it does not hear when a conversion is %s"),
    /// What happened takes back or changes something that it was never told.
    UNTOLD("it was never told of the conversion, so it is not told that it is %s"),
    CAMPAIGN("it is not told of the campaign %s"),
    SOURCE("it is not told of the traffic source %s"),
    OFFER("it is not told of the offer %s"),
    EVENT_TYPE("it is not told of the event type %s"),
    PAYOUT("the payout is below its least one of %s"),
    PERCENT("it is told of %s of a hundred conversions, and this is none of them");

    /// What of a conversion it depends on.
    ///
    /// @param campaign key; like
    /// @param source and
    /// @param offer that of the click
    /// @param revenueMicros payout in the report currency, in millionths
    public record Candidate(
            RecordId conversion,
            String campaign,
            String source,
            String offer,
            String eventType,
            long revenueMicros) {

        /// From 0 to 99, the same for ever: which of a hundred conversions it is.
        public int percentile() {
            // The last bits of an id are random, its first ones are the time.
            return (int) Long.remainderUnsigned(conversion.low(), 100);
        }
    }

    private final String sentence;

    Silence(String sentence) {
        this.sentence = sentence;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Why a destination hears nothing of what happened to a conversion; empty when it is told.
    /// Whoever was told of a conversion is told what becomes of it, whatever its conditions say by
    /// then.
    ///
    /// @param wasTold whether it was told of the conversion before
    public static Optional<Silence> of(
            Destination destination, Candidate candidate, Moment moment, boolean wasTold) {
        if (destination.archived()) {
            return Optional.of(ARCHIVED);
        }
        if (!destination.moments().contains(moment)) {
            return Optional.of(MOMENT);
        }
        if (wasTold) {
            return Optional.empty();
        }
        return moment.isFirstWord() ? byConditions(destination, candidate) : Optional.of(UNTOLD);
    }

    private static Optional<Silence> byConditions(Destination destination, Candidate candidate) {
        var scope = destination.scope();
        var conditions = destination.conditions();
        if (!scope.holdsCampaign(candidate.campaign())) {
            return Optional.of(CAMPAIGN);
        }
        if (!scope.holdsSource(candidate.source())) {
            return Optional.of(SOURCE);
        }
        if (!scope.holdsOffer(candidate.offer())) {
            return Optional.of(OFFER);
        }
        if (!conditions.holdsEventType(candidate.eventType())) {
            return Optional.of(EVENT_TYPE);
        }
        if (candidate.revenueMicros() < conditions.payoutMinMicros()) {
            return Optional.of(PAYOUT);
        }
        return candidate.percentile() < conditions.percent()
                ? Optional.empty()
                : Optional.of(PERCENT);
    }

    /// One sentence without a full stop, for people.
    public String sentence(Destination destination, Candidate candidate, Moment moment) {
        var about =
                switch (this) {
                    case ARCHIVED -> "";
                    case MOMENT, UNTOLD -> moment.word();
                    case CAMPAIGN -> candidate.campaign();
                    case SOURCE -> candidate.source();
                    case OFFER -> candidate.offer();
                    case EVENT_TYPE -> candidate.eventType();
                    case PAYOUT -> Money.plain(destination.conditions().payoutMinMicros());
                    case PERCENT -> Integer.toString(destination.conditions().percent());
                };
        return sentence.formatted(about);
    }
}
