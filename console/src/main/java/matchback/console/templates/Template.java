package matchback.console.templates;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import matchback.model.catalog.DuplicateRule;
import matchback.model.catalog.Sender;

/// How one network or tracker reports conversions.
///
/// @param checked ISO date on which the sources were read
/// @param confidence `A`: read on the vendor's own page or code; `B`: in a third party's; `A/B`:
///   partly
/// @param sources where it was read
/// @param offerParameter parameter of the offer URL that carries our click id; empty for trackers
/// @param offerToken a tracker's own macro of the click id in offer URLs, to be replaced by ours
/// @param paths at which a tracker takes postbacks, `{key}` standing for the sender's key; none for
///   networks
/// @param postbackQuery of the postback URL, with the network's macros; a tracker's has our fields
///   in their place, because the macros are those of whoever calls it
/// @param parameters our field to the name of the parameter, where no alias is known
/// @param statuses and
/// @param events the sender's word to ours, as [matchback.model.catalog.Sender] has them
/// @param duplicates the duplicate rule that comes nearest to the network's own; empty for the
///   standard
/// @param currency of amounts that name none; empty when not known
/// @param unconfirmed what stands in the sources without a proof; nothing here relies on it unless
///   the note says so
/// @param note for whoever sets it up; may be empty
public record Template(
        String key,
        String name,
        String checked,
        String confidence,
        List<String> sources,
        String offerParameter,
        String offerToken,
        List<String> paths,
        String postbackQuery,
        Map<String, String> parameters,
        Map<String, String> statuses,
        Map<String, String> events,
        String duplicates,
        String currency,
        Reply answer,
        List<String> unconfirmed,
        String note,
        Vector vector) {

    /// Stands for the click id among the values of a vector.
    public static final String CLICK_ID = "$clickid";

    /// @param body fixed body of the answer; empty for none
    public record Reply(boolean always200, String body) {}

    /// One postback and what must become of it.
    ///
    /// @param filled value by macro
    public record Vector(Map<String, String> filled, Expect expect) {}

    /// @param currency empty for the offer's
    /// @param txid empty for none
    public record Expect(
            String payout, String currency, String txid, String event, String status) {}

    public Template {
        LocalDate.parse(checked);
        sources = List.copyOf(sources);
        paths = List.copyOf(paths);
        parameters = Map.copyOf(parameters);
        statuses = Map.copyOf(statuses);
        events = Map.copyOf(events);
        unconfirmed = List.copyOf(unconfirmed);
    }

    /// Whether it is a tracker's URL form that people bring along, not a network's.
    public boolean isTracker() {
        return !paths.isEmpty();
    }

    /// A sender as this template makes it: of this key, named as the template, without security.
    public Sender sender(String senderKey) {
        return new Sender(
                senderKey,
                name,
                parameters,
                statuses,
                events,
                currency.isEmpty() ? null : currency,
                null,
                null,
                Sender.Security.OPEN,
                new Sender.Answer(
                        answer.always200(), answer.body().isEmpty() ? null : answer.body()),
                false,
                key,
                null,
                duplicates.isEmpty() ? null : DuplicateRule.ofWord(duplicates).orElseThrow(),
                null);
    }

    /// The query as the network sends it: each macro it knows replaced by its value, encoded.
    ///
    /// @param clickId takes the place of [#CLICK_ID]
    public String filledQuery(String clickId) {
        return fill(postbackQuery, vector.filled(), clickId);
    }

    /// Any query as this network fills it; a macro it does not know stays as it stands.
    public String fill(String query, Map<String, String> values, String clickId) {
        return PostbackForm.filled(query, values, clickId);
    }
}
