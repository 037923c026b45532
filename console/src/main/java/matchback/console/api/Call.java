package matchback.console.api;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import matchback.console.people.Caller;
import matchback.model.Params;
import org.jspecify.annotations.Nullable;

/// One request to the API, as its endpoint sees it.
///
/// @param query parameters of the query by name, the first of each
/// @param params the same as they came
/// @param caller who makes it; null for a stranger
public record Call(
        RoutingContext context, @Nullable Caller caller, Map<String, String> query, Params params) {

    static Call of(RoutingContext context, @Nullable Caller caller) {
        var text = context.request().query();
        var params = Params.ofQuery(text == null ? "" : text);
        var query = new TreeMap<String, String>();
        for (var param : params.list()) {
            query.putIfAbsent(param.name(), param.value());
        }
        return new Call(context, caller, query, params);
    }

    /// Parameters that cannot be taken whatever they mean.
    List<FieldProblem> queryProblems() {
        var problems = new ArrayList<FieldProblem>();
        for (var param : params.list()) {
            if (!param.isIntact()) {
                problems.add(
                        new FieldProblem(param.name(), "The parameter is not well-formed UTF-8"));
            } else if (params.named(param.name()).size() > 1) {
                problems.add(new FieldProblem(param.name(), "The parameter is there twice"));
            }
        }
        return problems.stream().distinct().toList();
    }

    /// Who makes it, as the ledger names them. Only routes that are not open ask for it.
    String by() {
        return Objects.requireNonNull(caller, "a stranger changes something").by();
    }

    /// Whether amounts are hidden from them.
    boolean isMoneyHidden() {
        return caller != null && caller.moneyMasked();
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
