package matchback.ledger.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import matchback.ledger.Event.BrowserReported;
import matchback.ledger.Fields.Reader;
import matchback.ledger.Fields.Writer;
import matchback.ledger.Sight;
import matchback.ledger.State;
import matchback.model.RecordId;
import matchback.model.Subject;

/// What a click's visitor did in the browser, as far as it is kept: a bounded number of sights, and
/// how many there were beyond it. Survives replays: nothing of it is decided again.
public final class BrowserTrail {
    /// Sights kept of one click, and told to reports and destinations; what is beyond is only
    /// counted.
    public static final int SIGHTS_MAX = 200;

    private static final char SIGHT = 'E';
    private static final int SUMMARY = 50;
    private static final int SEEN = 51;

    private final State state;
    private final SubjectKeys keys;

    public BrowserTrail(State state, Subject subject) {
        this.state = state;
        this.keys = new SubjectKeys(subject);
    }

    /// @param recordId of the browser's report
    /// @param at of its receipt
    public record Seen(RecordId recordId, long at, Sight sight) {}

    /// @param kept how many sights there are
    /// @param leftOut how many more came
    /// @param latest record id of the newest report: its personal block has the browser's cookies
    ///   and the visitor's consent as they are now
    public record Summary(int kept, int leftOut, RecordId latest) {}

    /// Empty when the browser told nothing.
    public Optional<Summary> summary() {
        return read(
                0,
                SUMMARY,
                in -> new Summary((int) in.number(3), (int) in.number(4), StateCodec.recordId(in)));
    }

    /// Whether a report was taken already.
    public boolean has(RecordId report) {
        return summary().filter(s -> s.latest().equals(report)).isPresent()
                || sights().stream().anyMatch(seen -> seen.recordId().equals(report));
    }

    /// All that are kept, oldest first.
    public List<Seen> sights() {
        int kept = summary().map(Summary::kept).orElse(0);
        var seen = new ArrayList<Seen>(kept);
        for (int number = 1; number <= kept; number++) {
            read(number, SEEN, BrowserTrail::seen).ifPresent(seen::add);
        }
        return seen;
    }

    /// Adds a report.
    ///
    /// @return the sights that are kept
    public List<Sight> add(BrowserReported report) {
        var before = summary().orElse(new Summary(0, 0, report.recordId()));
        int room = Math.max(0, SIGHTS_MAX - before.kept());
        var kept = report.sights().subList(0, Math.min(room, report.sights().size()));
        int number = before.kept();
        for (var sight : kept) {
            number++;
            state.put(
                    keys.of(SIGHT, number),
                    StateCodec.recordId(new Writer(SEEN), report.recordId())
                            .number(3, report.receivedAt())
                            .text(4, sight.name())
                            .number(5, sight.amount() + 1)
                            .text(6, sight.eventId())
                            .toBytes());
        }
        state.put(
                keys.of(SIGHT, 0),
                StateCodec.recordId(new Writer(SUMMARY), report.recordId())
                        .number(3, number)
                        .number(4, before.leftOut() + report.sights().size() - kept.size())
                        .toBytes());
        return kept;
    }

    private static Seen seen(Reader in) {
        return new Seen(
                StateCodec.recordId(in),
                in.number(3),
                new Sight(in.text(4), in.number(5) - 1, in.text(6)));
    }

    private <T> Optional<T> read(int number, int kind, Function<Reader, T> decode) {
        return Optional.ofNullable(state.get(keys.of(SIGHT, number)))
                .map(bytes -> StateCodec.read(bytes, kind, decode));
    }
}
