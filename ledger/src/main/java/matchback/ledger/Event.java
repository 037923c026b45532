package matchback.ledger;

import java.util.List;
import java.util.Map;
import matchback.model.Feed;
import matchback.model.FraudCheck;
import matchback.model.Params;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.model.signature.Evidence;
import org.jspecify.annotations.Nullable;

/// Something that happened. Immutable, durable, free of personal data: addresses, user agents, raw
/// requests and user data stand in the [PersonalBlock] of the same record id.
///
/// Texts are empty where there is nothing to say. Times are epoch milliseconds.
public sealed interface Event {
    RecordId recordId();

    /// When it came through the door.
    long receivedAt();

    /// The catalog version it was taken under.
    long catalogVersion();

    Subject subject();

    /// A visit through a tracking link. The door chose the offer; the choice is never made again.
    ///
    /// @param costMicros cost in the currency of `costCurrency`, or -1 when not known
    /// @param reportCostMicros cost in the report currency, or -1 when not known
    /// @param subs `sub1` to `sub20`
    /// @param traits what else is known of the visitor, by dimension: country, device, os ...
    /// @param bot why the click is taken for a bot's; empty for a person
    /// @param prefetch whether a browser asked ahead of any visit
    /// @param personalHash salted hash of the personal block
    /// @param test whether it is a test: it has no facts, and nobody is told of its conversions
    record ClickRecorded(
            RecordId recordId,
            long receivedAt,
            long catalogVersion,
            Subject subject,
            String campaign,
            String source,
            String offer,
            String externalId,
            String creative,
            long costMicros,
            String costCurrency,
            long reportCostMicros,
            Map<String, String> subs,
            Map<String, String> traits,
            boolean unique,
            String bot,
            boolean prefetch,
            byte[] personalHash,
            boolean test)
            implements Event {

        /// A click that somebody made.
        public ClickRecorded(
                RecordId recordId,
                long receivedAt,
                long catalogVersion,
                Subject subject,
                String campaign,
                String source,
                String offer,
                String externalId,
                String creative,
                long costMicros,
                String costCurrency,
                long reportCostMicros,
                Map<String, String> subs,
                Map<String, String> traits,
                boolean unique,
                String bot,
                boolean prefetch,
                byte[] personalHash) {
            this(
                    recordId,
                    receivedAt,
                    catalogVersion,
                    subject,
                    campaign,
                    source,
                    offer,
                    externalId,
                    creative,
                    costMicros,
                    costCurrency,
                    reportCostMicros,
                    subs,
                    traits,
                    unique,
                    bot,
                    prefetch,
                    personalHash,
                    false);
        }
    }

    /// A report of a conversion, kept whatever becomes of it.
    ///
    /// @param sender key in the path; empty for the bare endpoint
    /// @param clickId canonical click id; empty when the door found none
    /// @param clickParameter the parameter it was read from
    /// @param clickValue what stood there when it was no click id, cut
    /// @param refusal the door's reason, when it refuses
    /// @param detail what exactly was found, for the message
    /// @param params those that a mapping of this catalog version may read; never personal, never
    ///   secret
    /// @param tokenFingerprints keyed fingerprints of the tokens the caller showed
    /// @param refusingSenders senders whose address list does not have the caller's address
    /// @param signatures what the door found out about the request's signature; nothing when there
    ///   was none, or nobody asks for one
    /// @param test whether the test bench sent it; about a click that is none, it is no test
    record PostbackReceived(
            RecordId recordId,
            long receivedAt,
            long catalogVersion,
            Subject subject,
            Feed feed,
            String sender,
            String clickId,
            String clickParameter,
            String clickValue,
            @Nullable Reason refusal,
            String detail,
            Params params,
            List<String> tokenFingerprints,
            List<String> refusingSenders,
            byte[] personalHash,
            List<Evidence> signatures,
            boolean test)
            implements Event {

        public PostbackReceived {
            signatures = List.copyOf(signatures);
        }

        /// A report that somebody sent.
        public PostbackReceived(
                RecordId recordId,
                long receivedAt,
                long catalogVersion,
                Subject subject,
                Feed feed,
                String sender,
                String clickId,
                String clickParameter,
                String clickValue,
                @Nullable Reason refusal,
                String detail,
                Params params,
                List<String> tokenFingerprints,
                List<String> refusingSenders,
                byte[] personalHash,
                List<Evidence> signatures) {
            this(
                    recordId,
                    receivedAt,
                    catalogVersion,
                    subject,
                    feed,
                    sender,
                    clickId,
                    clickParameter,
                    clickValue,
                    refusal,
                    detail,
                    params,
                    tokenFingerprints,
                    refusingSenders,
                    personalHash,
                    signatures,
                    false);
        }

        /// A report without a signature.
        public PostbackReceived(
                RecordId recordId,
                long receivedAt,
                long catalogVersion,
                Subject subject,
                Feed feed,
                String sender,
                String clickId,
                String clickParameter,
                String clickValue,
                @Nullable Reason refusal,
                String detail,
                Params params,
                List<String> tokenFingerprints,
                List<String> refusingSenders,
                byte[] personalHash) {
            this(
                    recordId,
                    receivedAt,
                    catalogVersion,
                    subject,
                    feed,
                    sender,
                    clickId,
                    clickParameter,
                    clickValue,
                    refusal,
                    detail,
                    params,
                    tokenFingerprints,
                    refusingSenders,
                    personalHash,
                    List.of());
        }
    }

    /// Asks another subject whether a value is free. Carries the record id of the postback that
    /// waits for the answer.
    ///
    /// @param origin the subject that waits
    record Check(
            RecordId recordId,
            long receivedAt,
            long catalogVersion,
            Subject subject,
            Subject origin)
            implements Event {}

    /// The answer to a [Check], back at the subject that asked.
    ///
    /// @param checked the subject that was asked
    /// @param owner the subject the value belongs to; the asking one if it was free
    record Checked(
            RecordId recordId,
            long receivedAt,
            long catalogVersion,
            Subject subject,
            Subject checked,
            Subject owner)
            implements Event {}

    /// One attempt to deliver, and what it makes us do next.
    ///
    /// @param delivery number of the delivery within its subject, from 1
    /// @param attempt number of the attempt, from 1
    /// @param url as it was called
    /// @param httpStatus 0 when there was no answer
    /// @param note the answer's beginning, or the trouble
    /// @param nextAt when it is tried again; 0 when it is not
    record DeliveryAttempted(
            RecordId recordId,
            long receivedAt,
            long catalogVersion,
            Subject subject,
            int delivery,
            int attempt,
            AttemptResult result,
            String url,
            int httpStatus,
            String note,
            long durationMillis,
            long nextAt)
            implements Event {}

    /// A person's word on a held postback.
    ///
    /// @param reviewed record id of the postback, one of the same subject
    /// @param by who said it
    /// @param note why; may be empty
    /// @param correction what the person knows better than the report; nothing for a rejection
    record Reviewed(
            RecordId recordId,
            long receivedAt,
            long catalogVersion,
            Subject subject,
            RecordId reviewed,
            Verdict verdict,
            String by,
            String note,
            Correction correction)
            implements Event {}

    /// All that is known of a subject, to be decided again: a replay. It carries everything the
    /// deciding needs, so that a rebuild needs nothing else.
    ///
    /// @param replay the replay it is part of
    /// @param by who asked for it
    /// @param note why; may be empty
    /// @param deliver whether deliveries that are wanted now, and were not before, go out
    /// @param basedOnVersion the subject's version when the inputs were read; if it has another one
    ///   by now nothing is decided
    /// @param leastFactVersion what the facts' version must at least be: above those under which
    ///   other subjects gave up records that are now among the inputs
    /// @param inputs in the order in which they are decided
    /// @param moved records that are another subject's from now on, with that subject
    /// @param owners whose each transaction is that the inputs ask for
    /// @param placeless records for which no cap has a place
    record Redecided(
            RecordId recordId,
            long receivedAt,
            long catalogVersion,
            Subject subject,
            RecordId replay,
            String by,
            String note,
            boolean deliver,
            long basedOnVersion,
            long leastFactVersion,
            List<Input> inputs,
            Map<RecordId, Subject> moved,
            Map<Subject, Subject> owners,
            List<RecordId> placeless)
            implements Event {

        public Redecided {
            inputs = List.copyOf(inputs);
            moved = Map.copyOf(moved);
            owners = Map.copyOf(owners);
            placeless = List.copyOf(placeless);
        }
    }

    /// A checked value changes hands, because a replay found that it is another subject's, or
    /// nobody's.
    ///
    /// @param replay the replay it is part of
    /// @param expected whose it is now; null for nobody's. If it is somebody else's nothing happens
    /// @param owner whose it is from now on; null for nobody's
    /// @param released records that give back their places of a cap's day
    /// @param taken records that take one there
    record Settled(
            RecordId recordId,
            long receivedAt,
            long catalogVersion,
            Subject subject,
            RecordId replay,
            @Nullable Subject expected,
            @Nullable Subject owner,
            List<RecordId> released,
            List<RecordId> taken)
            implements Event {

        public Settled {
            released = List.copyOf(released);
            taken = List.copyOf(taken);
        }
    }

    /// A person's wish for a delivery that would not be made by itself.
    ///
    /// @param number what it is about: a conversion of the subject for [Wish#TELL], a delivery of
    ///   it for [Wish#RESEND]
    /// @param destination who is to be told, as in a delivery; empty for [Wish#RESEND]
    /// @param by who wants it
    record DeliveryAsked(
            RecordId recordId,
            long receivedAt,
            long catalogVersion,
            Subject subject,
            Wish wish,
            int number,
            String destination,
            String by)
            implements Event {}

    enum Wish {
        /// Tell a destination of a conversion that it was not told of.
        TELL,
        /// Send a dead letter again, its schedule from the beginning.
        RESEND
    }

    /// A person's word on a conversion.
    ///
    /// @param conversion record id that first made it, of the same subject
    /// @param by who said it
    /// @param note why; may be empty
    /// @param correction what it is from now on; what is left out stays
    /// @param valueMicros the order's value, in the correction's currency or else its own; null: it
    ///   stays
    record Edited(
            RecordId recordId,
            long receivedAt,
            long catalogVersion,
            Subject subject,
            RecordId conversion,
            String by,
            String note,
            Correction correction,
            @Nullable Long valueMicros)
            implements Event {}

    /// A visitor went on from a lander to an offer.
    ///
    /// @param button number of the link on the page; 0 for the plain one
    /// @param offer key of the offer they were sent to
    record LanderClicked(
            RecordId recordId,
            long receivedAt,
            long catalogVersion,
            Subject subject,
            int button,
            String offer)
            implements Event {}

    /// What a check of validation found about a conversion. It changes nothing but what is shown.
    ///
    /// @param conversion record id that first made it, of the same subject
    /// @param evidence the figures, one sentence without a full stop; nothing personal
    record Suspected(
            RecordId recordId,
            long receivedAt,
            long catalogVersion,
            Subject subject,
            RecordId conversion,
            FraudCheck check,
            String evidence)
            implements Event {}

    /// What a visitor's browser saw after the click. Reports of conversions by a browser are
    /// [PostbackReceived]; this is what else it tells.
    ///
    /// @param sights in the order in which they happened, at least one
    /// @param personalHash salted hash of the personal block, which has the page they happened on
    record BrowserReported(
            RecordId recordId,
            long receivedAt,
            long catalogVersion,
            Subject subject,
            List<Sight> sights,
            byte[] personalHash)
            implements Event {

        public BrowserReported {
            sights = List.copyOf(sights);
        }
    }

    /// What some clicks cost, as a person or an invoice says afterwards; or that an earlier such
    /// statement holds no longer.
    ///
    /// @param by who said it
    /// @param note why; may be empty
    /// @param from of the clicks, inclusive
    /// @param to of the clicks, exclusive
    /// @param zone in which the bounds were meant
    /// @param amountMicros not negative; 0 when it undoes
    /// @param currency of the amount, in ISO 4217
    /// @param reportMicros the amount in the report currency
    /// @param rate by which it was turned into the report currency; empty when it is in it
    /// @param isAddition whether it comes on top of what else is known of these clicks; otherwise
    ///   it stands in for their own cost, and for what was stated for the same slice and an
    ///   overlapping period
    /// @param undoes the statement of the same slice that it takes back; null for none
    record CostStated(
            RecordId recordId,
            long receivedAt,
            long catalogVersion,
            Subject subject,
            String by,
            String note,
            CostSlice slice,
            long from,
            long to,
            String zone,
            long amountMicros,
            String currency,
            long reportMicros,
            String rate,
            boolean isAddition,
            @Nullable RecordId undoes)
            implements Event {

        /// Whether it stands in for the other.
        public boolean replaces(CostStated other) {
            return !isAddition && !other.isAddition && overlaps(other);
        }

        private boolean overlaps(CostStated other) {
            return from < other.to && other.from < to;
        }
    }

    enum AttemptResult {
        /// The destination has it.
        DELIVERED,
        /// Will be tried again at `nextAt`.
        RETRY,
        /// Ends as a dead letter: refused for good, or the last attempt failed.
        DEAD,
        /// The destination is parked; burns no attempt and waits until `nextAt`.
        PARKED
    }
}
