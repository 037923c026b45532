package matchback.console.api;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One request to the API, as its endpoint sees it.
///
/// @param query parameters of the query by name, each there once
public record Call(RoutingContext context, Map<String, String> query) {

    /// Reads the query. A name that is there twice keeps its first value; see [#repeated].
    static Call of(RoutingContext context) {
        var query = new TreeMap<String, String>();
        for (var entry : context.queryParams().entries()) {
            query.putIfAbsent(entry.getKey(), entry.getValue());
        }
        return new Call(context, query);
    }

    /// A parameter that stands in the query more than once.
    Optional<String> repeated() {
        var params = context.queryParams();
        return params.names().stream().filter(name -> params.getAll(name).size() > 1).findFirst();
    }

    /// A part of the path.
    String path(String name) {
        return Optional.ofNullable(context.pathParam(name)).orElse("");
    }

    /// A filled parameter of the query.
    Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /// A header, empty when it is not there.
    String header(CharSequence name) {
        return Optional.ofNullable(context.request().getHeader(name)).orElse("");
    }

    byte[] body() {
        var buffer = context.body() == null ? null : context.body().buffer();
        return buffer == null ? new byte[0] : buffer.getBytes();
    }

    /// Whether the body says it is JSON, or does not say what it is.
    boolean isJson() {
        var type = header(HttpHeaders.CONTENT_TYPE);
        int end = type.indexOf(';');
        var plain =
                (end < 0 ? type : type.substring(0, end))
                        .strip()
                        .toLowerCase(java.util.Locale.ROOT);
        return plain.isEmpty() || plain.equals("application/json") || plain.endsWith("+json");
    }
}
