package matchback.ingest;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// The header lines of a request. Names are compared without regard to case.
public interface RequestHeaders {
    /// The first line of a name, or the empty text.
    String first(String name);

    /// All lines of a name, in order.
    List<String> all(String name);

    /// All lines, in order.
    void forEach(BiConsumer<String, String> visitor);

    /// The first line of a name unless it is empty.
    default Optional<String> filled(String name) {
        var value = first(name);
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }
}
