package matchback.model.catalog;

import java.util.Map;
import matchback.model.FraudCheck;
import matchback.model.Reason;

/// Conversions of a publisher are held for a person to see, from one time to another.
///
/// @param source key of the source; empty: of any
/// @param parameter the sub parameter that names the publisher, `sub1` to `sub20`; empty: of all
///   publishers
/// @param publisher what it must say
/// @param check word of the check they are suspected by
/// @param evidence one sentence without a full stop, shown with each report that is held
/// @param from epoch milliseconds: what came earlier is not held, also not in a replay
/// @param until epoch milliseconds
public record Quarantine(
        String key,
        String name,
        String source,
        String parameter,
        String publisher,
        String check,
        String evidence,
        long from,
        long until,
        boolean archived)
        implements Entity {
    public static final int EVIDENCE_CHARS_MAX = 500;

    /// Whether a conversion is held.
    ///
    /// @param clickSource key of the click's source
    /// @param subs of the click
    /// @param at when it was reported
    public boolean holds(String clickSource, Map<String, String> subs, long at) {
        return !archived
                && at >= from
                && at < until
                && (source.isEmpty() || source.equals(clickSource))
                && (parameter.isEmpty() || publisher.equals(subs.getOrDefault(parameter, "")));
    }

    /// Whether it holds anything now.
    public boolean isOpen(long at) {
        return !archived && at >= from && at < until;
    }

    /// The same, over before its time.
    public Quarantine ended() {
        return new Quarantine(
                key, name, source, parameter, publisher, check, evidence, from, until, true);
    }

    /// What they are held as.
    public Reason reason() {
        return FraudCheck.ofWord(check)
                .map(FraudCheck::reason)
                .orElseThrow(() -> new IllegalStateException("no check '" + check + "'"));
    }
}
