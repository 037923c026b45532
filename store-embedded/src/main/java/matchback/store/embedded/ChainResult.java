package matchback.store.embedded;

import java.util.List;

/// What a check of the chains found.
///
/// @param records read
/// @param personalBlocks compared with the hash in their record
/// @param problems one sentence each, the first [#PROBLEMS_MAX]; none when all is whole
public record ChainResult(long records, long personalBlocks, List<String> problems) {
    public static final int PROBLEMS_MAX = 100;

    public ChainResult {
        problems = List.copyOf(problems);
    }

    public boolean isWhole() {
        return problems.isEmpty();
    }
}
