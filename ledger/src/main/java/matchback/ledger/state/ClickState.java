package matchback.ledger.state;

import java.util.Map;
import java.util.TreeMap;
import matchback.model.RecordId;
import matchback.model.routing.Choice;

/// A click, as long as it can convert.
///
/// @param sender key of the offer's sender at the time of the click; empty: any
/// @param windowEndsAt end of the offer's attribution window
/// @param costMicros in the report currency, or -1
/// @param prefetch whether it was only fetched ahead when it came
/// @param bot why it is taken for a bot's; empty for a person
/// @param recorded whether the ledger took it; false for one known from its id alone
/// @param convertedAt when it first converted; 0 for not yet
/// @param test whether it is a test: it has no facts, and nobody is told of its conversions
public record ClickState(
        RecordId recordId,
        long clickedAt,
        String campaign,
        String source,
        String offer,
        String sender,
        String externalId,
        String creative,
        Map<String, String> subs,
        Map<String, String> traits,
        long costMicros,
        boolean unique,
        String bot,
        boolean prefetch,
        boolean recorded,
        long windowEndsAt,
        long convertedAt,
        boolean test) {

    /// A click that somebody made.
    public ClickState(
            RecordId recordId,
            long clickedAt,
            String campaign,
            String source,
            String offer,
            String sender,
            String externalId,
            String creative,
            Map<String, String> subs,
            Map<String, String> traits,
            long costMicros,
            boolean unique,
            String bot,
            boolean prefetch,
            boolean recorded,
            long windowEndsAt,
            long convertedAt) {
        this(
                recordId,
                clickedAt,
                campaign,
                source,
                offer,
                sender,
                externalId,
                creative,
                subs,
                traits,
                costMicros,
                unique,
                bot,
                prefetch,
                recorded,
                windowEndsAt,
                convertedAt,
                false);
    }

    /// Whether somebody came. One that was only fetched ahead is a visit once it converts.
    public boolean isVisit() {
        return !prefetch || convertedAt != 0;
    }

    /// The click after its visitor went on from a lander: somebody came, even if the click itself
    /// was only fetched ahead.
    ///
    /// @param chosen key of the offer they went on to
    /// @param chosenSender key of its sender; empty: any
    /// @param windowEnds end of its attribution window
    public ClickState wentOn(String chosen, String chosenSender, long windowEnds) {
        var known = traits;
        if (!chosen.equals(offer)) {
            known = new TreeMap<>(traits);
            known.putIfAbsent(Choice.FIRST_OFFER, offer);
        }
        return new ClickState(
                recordId,
                clickedAt,
                campaign,
                source,
                chosen,
                chosenSender,
                externalId,
                creative,
                subs,
                known,
                costMicros,
                unique,
                bot,
                false,
                recorded,
                windowEnds,
                convertedAt,
                test);
    }

    /// The click after its visitor was seen.
    public ClickState visited() {
        return with(false, convertedAt);
    }

    /// The click after its first conversion.
    public ClickState converted(long at) {
        return with(prefetch, at);
    }

    private ClickState with(boolean isPrefetch, long firstConvertedAt) {
        return new ClickState(
                recordId,
                clickedAt,
                campaign,
                source,
                offer,
                sender,
                externalId,
                creative,
                subs,
                traits,
                costMicros,
                unique,
                bot,
                isPrefetch,
                recorded,
                windowEndsAt,
                firstConvertedAt,
                test);
    }
}
