package matchback.report.alert;

import java.util.List;

/// Something that is wrong now, as a check sees it.
///
/// @param key what it is about, unique within the kind: a sender's key, a destination's address
/// @param headline one sentence without a full stop
/// @param evidence figures that it follows from, and what to do, each a sentence
/// @param href page of the console that shows it
/// @param since epoch milliseconds from which on it is so, as far as the figures tell
public record Condition(
        AlertKind kind,
        String key,
        String headline,
        List<String> evidence,
        String href,
        long since) {
    public Condition {
        evidence = List.copyOf(evidence);
    }
}
