package matchback.ingest.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import matchback.ingest.RequestHeaders;

/// Headers as they are written: `Name: value`.
public final class HeaderLines implements RequestHeaders {
    private final List<String> lines;

    public HeaderLines(String... lines) {
        this.lines = List.of(lines);
    }

    @Override
    public String first(String name) {
        return all(name).stream().findFirst().orElse("");
    }

    @Override
    public List<String> all(String name) {
        var all = new ArrayList<String>();
        forEach((key, value) -> {
            if (key.equalsIgnoreCase(name)) {
                all.add(value);
            }
        });
        return all;
    }

    @Override
    public void forEach(BiConsumer<String, String> visitor) {
        for (var line : lines) {
            int colon = line.indexOf(':');
            visitor.accept(line.substring(0, colon), line.substring(colon + 1).strip());
        }
    }
}
