package matchback.console.templates;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import matchback.model.Feed;
import matchback.model.catalog.DuplicateRule;
import matchback.model.catalog.Sender;
import org.jspecify.annotations.Nullable;

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
/// @param partner what a measurement partner has beyond that; null for networks and trackers
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
        Vector vector,
        @Nullable Partner partner) {

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

    /// A mobile measurement partner sends one postback for each kind of report.
    ///
    /// @param report what the template's own postback reports, for people: `Install`
    /// @param resends how often at most it sends one again that got no answer; 0: not known
    /// @param retries the same in words
    /// @param variants its other postbacks
    public record Partner(String report, int resends, String retries, List<Variant> variants) {
        public Partner {
            variants = List.copyOf(variants);
        }
    }

    /// A postback of its own for another kind of report.
    ///
    /// @param key behind the template's key and a colon: `appsflyer:event`
    public record Variant(String key, String report, String postbackQuery, Vector vector) {}

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

    /// Each kind of report as a template of its own; all but the first have the variant's key
    /// behind a colon.
    public List<Template> reports() {
        var reports = new ArrayList<Template>(List.of(this));
        if (partner != null) {
            partner.variants().forEach(variant -> reports.add(only(variant)));
        }
        return List.copyOf(reports);
    }

    private Template only(Variant variant) {
        return new Template(
                key + ':' + variant.key(),
                name + ": " + variant.report(),
                checked,
                confidence,
                sources,
                offerParameter,
                offerToken,
                paths,
                variant.postbackQuery(),
                parameters,
                statuses,
                events,
                duplicates,
                currency,
                answer,
                unconfirmed,
                note,
                variant.vector(),
                partner);
    }

    /// What the postback reports, for people; empty where there is but one.
    public String report() {
        int colon = key.indexOf(':');
        if (partner == null || colon < 0) {
            return partner == null ? "" : partner.report();
        }
        var own = key.substring(colon + 1);
        return partner.variants().stream()
                .filter(variant -> variant.key().equals(own))
                .findFirst()
                .orElseThrow()
                .report();
    }

    /// What kind of sender it describes: `network`, `tracker` or `partner`.
    public String kind() {
        return partner != null ? "partner" : isTracker() ? "tracker" : "network";
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
                null,
                partner == null ? null : Feed.MMP,
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
