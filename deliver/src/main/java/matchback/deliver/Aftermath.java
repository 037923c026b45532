package matchback.deliver;

import java.util.Map;

/// What became, by the destination's own word, of deliveries that it had taken. Counted since the
/// start of the process; all zero for destinations that are not asked.
///
/// @param open deliveries that it has not told of yet
/// @param succeeded deliveries that count
/// @param failed reason to number of deliveries that do not, at most [#REASONS_MAX] reasons
/// @param untold deliveries of which nothing could be learned
public record Aftermath(long open, long succeeded, Map<String, Long> failed, long untold) {
    public static final Aftermath NONE = new Aftermath(0, 0, Map.of(), 0);

    /// Further reasons are counted under [#OTHER].
    public static final int REASONS_MAX = 50;

    public static final String OTHER = "other";

    public Aftermath {
        failed = Map.copyOf(failed);
    }
}
