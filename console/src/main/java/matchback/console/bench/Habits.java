package matchback.console.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import matchback.console.bench.Comparison.Found;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Ledger;
import matchback.ledger.PersonalBlock;
import matchback.ledger.Snapshot;
import matchback.model.Params;
import matchback.model.RecordId;

/// How a sender's real postbacks differ from its template.
///
/// @param looked how many postbacks were looked at
/// @param lines a line for each parameter of the template, then for each that it does not have
public record Habits(int looked, List<Line> lines) {
    /// Most postbacks that are looked at.
    public static final int POSTBACKS_MAX = 50;

    private static final int LINES_MAX = 40;

    /// @param missing in how many it was missing or empty
    /// @param unfilled in how many its macro was not replaced
    /// @param extra in how many it was there although the template does not have it
    public record Line(String parameter, String template, int missing, int unfilled, int extra) {

        /// Whether it is always as meant.
        public boolean isAsMeant() {
            return missing == 0 && unfilled == 0 && extra == 0;
        }

        private Line and(Comparison.Line one) {
            return switch (one.found()) {
                case AS_MEANT -> this;
                case MISSING -> new Line(parameter, template, missing + 1, unfilled, extra);
                case UNFILLED -> new Line(parameter, template, missing, unfilled + 1, extra);
                case EXTRA -> new Line(parameter, template, missing, unfilled, extra + 1);
            };
        }
    }

    public Habits {
        lines = List.copyOf(lines);
    }

    /// @param template a query with macros
    static Habits of(String template, List<Params> postbacks) {
        var lines = new LinkedHashMap<String, Line>();
        for (var line : Comparison.of(template, Params.EMPTY).lines()) {
            lines.put(line.parameter(), new Line(line.parameter(), line.template(), 0, 0, 0));
        }
        postbacks.forEach(postback -> count(template, postback, lines));
        return new Habits(postbacks.size(), new ArrayList<>(lines.values()));
    }

    private static void count(String template, Params postback, Map<String, Line> lines) {
        for (var line : Comparison.of(template, postback).lines()) {
            var known = lines.get(line.parameter());
            if (known == null && lines.size() < LINES_MAX && line.found() == Found.EXTRA) {
                known = new Line(line.parameter(), "", 0, 0, 0);
            }
            if (known != null) {
                lines.put(line.parameter(), known.and(line));
            }
        }
    }

    /// Looks at these postbacks, as far as their requests are still kept.
    public static Habits read(Ledger ledger, String template, List<RecordId> postbacks) {
        var read = new ArrayList<Params>();
        try (var snapshot = ledger.snapshot()) {
            for (var postback : postbacks) {
                snapshot.postback(postback).ifPresent(entry -> read.add(params(snapshot, entry)));
            }
        }
        return of(template, read);
    }

    /// All that came in the URL, and what the rules could read of the body.
    static Params params(Snapshot snapshot, Snapshot.Entry entry) {
        var target =
                snapshot.personal(entry.event().recordId()).map(PersonalBlock::target).orElse("");
        int query = target.indexOf('?');
        var inUrl = query < 0 ? Params.EMPTY : Params.ofQuery(target.substring(query + 1));
        return entry.event() instanceof PostbackReceived received
                ? inUrl.and(received.params())
                : inUrl;
    }
}
