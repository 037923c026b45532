package matchback.ingest.http;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import matchback.ingest.RequestHeaders;

/// The headers of a request as Vert.x has them.
record VertxHeaders(MultiMap lines) implements RequestHeaders {

    @Override
    public String first(String name) {
        var value = lines.get(name);
        return value == null ? "" : value;
    }

    @Override
    public List<String> all(String name) {
        return lines.getAll(name);
    }

    @Override
    public void forEach(BiConsumer<String, String> visitor) {
        for (Map.Entry<String, String> line : lines) {
            visitor.accept(line.getKey(), line.getValue());
        }
    }
}
