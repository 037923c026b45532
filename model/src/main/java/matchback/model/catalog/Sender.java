package matchback.model.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.model.Feed;
import org.jspecify.annotations.Nullable;

/// Whoever calls our postback: affiliate network, advertiser's server, measurement partner.
///
/// @param parameters our field ([matchback.model.Field#key()]) to the name of the sender's
///   parameter
/// @param statuses the sender's status word (lower case) to ours: `pending`, `approved`,
///   `rejected`, `reversed`, `ignore`, or `event:` followed by an event type
/// @param events the sender's event word (lower case) to our event type
/// @param currency ISO 4217 code of amounts that name none
/// @param payoutLimitMicros a payout above it is held; millionths
/// @param timeZone zone of event times that name none, for example `Europe/Kyiv`
/// @param answer how this sender wants to be answered
/// @param template key of the template it was made from; null without one
/// @param payoutRule what a conversion earns; null: what the report says
/// @param duplicateRule which reports are about one conversion; null: [DuplicateRule#STANDARD]
/// @param reviewRules what becomes of held postbacks that nobody decides; null: they stay held
/// @param feed by which way its reports are counted to come; null: [Feed#S2S]
/// @param browserRule what is taken of a browser's word; null: [BrowserRule#STRICT]
public record Sender(
        String key,
        String name,
        Map<String, String> parameters,
        Map<String, String> statuses,
        Map<String, String> events,
        @Nullable String currency,
        @Nullable Long payoutLimitMicros,
        @Nullable String timeZone,
        Security security,
        Answer answer,
        boolean archived,
        @Nullable String template,
        @Nullable PayoutRule payoutRule,
        @Nullable DuplicateRule duplicateRule,
        @Nullable List<ReviewRule> reviewRules,
        @Nullable Feed feed,
        @Nullable BrowserRule browserRule)
        implements Entity {

    /// What a caller must prove.
    ///
    /// @param tokenFingerprints keyed fingerprints of the tokens that are taken; none: no token is
    ///   asked for. The tokens themselves are kept nowhere
    /// @param addresses networks in CIDR form; none: any address
    /// @param signature how requests must be signed; null: they need not be
    /// @param path what must stand in the path of the URL; null: the key alone
    public record Security(
            List<String> tokenFingerprints,
            List<String> addresses,
            @Nullable SignatureRule signature,
            @Nullable SecretPath path) {
        public static final Security OPEN = new Security(List.of(), List.of());

        public Security {
            tokenFingerprints = List.copyOf(tokenFingerprints);
            addresses = List.copyOf(addresses);
        }

        public Security(List<String> tokenFingerprints, List<String> addresses) {
            this(tokenFingerprints, addresses, null, null);
        }

        public Security(
                List<String> tokenFingerprints,
                List<String> addresses,
                @Nullable SignatureRule signature) {
            this(tokenFingerprints, addresses, signature, null);
        }

        public boolean isOpen() {
            return tokenFingerprints.isEmpty()
                    && addresses.isEmpty()
                    && signature == null
                    && path == null;
        }
    }

    /// @param always200 whether everything stored is answered with 200
    /// @param body fixed body of such answers; null for the line `decision: reason`
    public record Answer(boolean always200, @Nullable String body) {
        public static final Answer PLAIN = new Answer(false, null);
    }

    /// A sender that was made from no template.
    public Sender(
            String key,
            String name,
            Map<String, String> parameters,
            Map<String, String> statuses,
            Map<String, String> events,
            @Nullable String currency,
            @Nullable Long payoutLimitMicros,
            @Nullable String timeZone,
            Security security,
            Answer answer,
            boolean archived) {
        this(
                key,
                name,
                parameters,
                statuses,
                events,
                currency,
                payoutLimitMicros,
                timeZone,
                security,
                answer,
                archived,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    public Sender {
        parameters = Map.copyOf(parameters);
        statuses = Map.copyOf(statuses);
        events = Map.copyOf(events);
        reviewRules =
                reviewRules == null || reviewRules.isEmpty() ? null : List.copyOf(reviewRules);
    }

    public Optional<PayoutRule> payouts() {
        return Optional.ofNullable(payoutRule);
    }

    public List<ReviewRule> rulesOfReview() {
        return reviewRules == null ? List.of() : reviewRules;
    }

    public BrowserRule browsers() {
        return browserRule == null ? BrowserRule.STRICT : browserRule;
    }

    public DuplicateRule duplicates() {
        return duplicateRule == null ? DuplicateRule.STANDARD : duplicateRule;
    }

    /// The same sender with rules of its own for payouts and duplicates.
    ///
    /// @param payouts null: as sent
    /// @param duplicates null: the standard
    public Sender with(@Nullable PayoutRule payouts, @Nullable DuplicateRule duplicates) {
        return new Sender(
                key,
                name,
                parameters,
                statuses,
                events,
                currency,
                payoutLimitMicros,
                timeZone,
                security,
                answer,
                archived,
                template,
                payouts,
                duplicates,
                reviewRules,
                feed,
                browserRule);
    }

    /// The same sender with other rules for what is held.
    public Sender with(List<ReviewRule> reviews) {
        return new Sender(
                key,
                name,
                parameters,
                statuses,
                events,
                currency,
                payoutLimitMicros,
                timeZone,
                security,
                answer,
                archived,
                template,
                payoutRule,
                duplicateRule,
                reviews,
                feed,
                browserRule);
    }

    /// The same sender with another rule for what browsers report.
    public Sender with(BrowserRule browsers) {
        return new Sender(
                key,
                name,
                parameters,
                statuses,
                events,
                currency,
                payoutLimitMicros,
                timeZone,
                security,
                answer,
                archived,
                template,
                payoutRule,
                duplicateRule,
                reviewRules,
                feed,
                browsers);
    }

    /// The same sender in or out of use.
    public Sender with(boolean isArchived) {
        return new Sender(
                key,
                name,
                parameters,
                statuses,
                events,
                currency,
                payoutLimitMicros,
                timeZone,
                security,
                answer,
                isArchived,
                template,
                payoutRule,
                duplicateRule,
                reviewRules,
                feed,
                browserRule);
    }

    /// By which way its reports come.
    public Feed reportsBy() {
        return feed == null ? Feed.S2S : feed;
    }

    public Optional<String> defaultCurrency() {
        return Optional.ofNullable(currency);
    }
}
