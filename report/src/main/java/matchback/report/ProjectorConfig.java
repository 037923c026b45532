package matchback.report;

import java.time.Duration;

/// How the columns are kept up to date.
///
/// @param pause from one batch to the next while new facts come in: how old a report may be
/// @param entriesMax entries of the ledger in one batch
/// @param retryAfter how long to wait when the columns could not be written
public record ProjectorConfig(Duration pause, int entriesMax, Duration retryAfter) {
    public static final ProjectorConfig DEFAULT =
            new ProjectorConfig(Duration.ofMillis(300), 20_000, Duration.ofSeconds(5));

    public ProjectorConfig {
        if (pause.isNegative() || entriesMax < 64 || retryAfter.isNegative()) {
            throw new IllegalArgumentException(
                    "pause %s, %d entries, retry after %s; expected none negative and 64 entries"
                            .formatted(pause, entriesMax, retryAfter));
        }
    }
}
