package matchback.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some items of a list.
///
/// @param next the cursor of the following page; null when this is the last
public record Page<T>(List<T> items, @Nullable String next) {
    public Page {
        items = List.copyOf(items);
    }
}
