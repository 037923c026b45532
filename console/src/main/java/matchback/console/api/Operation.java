package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One line of the route table: what is served, and what its description says. The routes and the
/// OpenAPI document are both made of it, so neither can say what the other does not.
///
/// @param path as OpenAPI writes it, for example `/api/v1/offers/{key}`
/// @param id name of the operation, unique
/// @param group heading it stands under
/// @param takes what a call of it may bring
/// @param answers name of the schema by status; empty without a body
/// @param mediaType of the answer that is no problem
record Operation(
        HttpMethod method,
        String path,
        String id,
        String group,
        String summary,
        Takes takes,
        Map<Integer, String> answers,
        String mediaType,
        Function<Call, Answer> endpoint) {

    record Parameter(String name, ObjectNode schema) {}

    /// What a call may bring.
    ///
    /// @param query parameters it takes; any other is refused
    /// @param anyQuery whether it judges the query itself
    /// @param headers that mean something to it
    /// @param request name of the body's schema; empty without a body
    /// @param requestType media type of the body
    record Takes(
            List<Parameter> query,
            boolean anyQuery,
            List<Parameter> headers,
            String request,
            String requestType) {
        static final Takes NOTHING = new Takes(List.of(), false, List.of(), "", Answer.JSON);

        boolean isJson() {
            return !request.isEmpty() && requestType.equals(Answer.JSON);
        }
    }

    static Operation get(
            String path, String id, String group, String summary, Function<Call, Answer> endpoint) {
        return of(HttpMethod.GET, path, id, group, summary, endpoint);
    }

    static Operation of(
            HttpMethod method,
            String path,
            String id,
            String group,
            String summary,
            Function<Call, Answer> endpoint) {
        return new Operation(
                method, path, id, group, summary, Takes.NOTHING, Map.of(), Answer.JSON, endpoint);
    }

    Operation query(String name, ObjectNode schema) {
        var more = new ArrayList<>(takes.query());
        more.add(new Parameter(name, schema));
        return copy(
                new Takes(
                        more,
                        takes.anyQuery(),
                        takes.headers(),
                        takes.request(),
                        takes.requestType()));
    }

    /// Leaves the judgement of the query to the endpoint.
    Operation anyQuery() {
        return copy(
                new Takes(
                        takes.query(),
                        true,
                        takes.headers(),
                        takes.request(),
                        takes.requestType()));
    }

    Operation header(String name, ObjectNode schema) {
        var more = new ArrayList<>(takes.headers());
        more.add(new Parameter(name, schema));
        return copy(
                new Takes(
                        takes.query(),
                        takes.anyQuery(),
                        more,
                        takes.request(),
                        takes.requestType()));
    }

    Operation request(String schema) {
        return request(schema, Answer.JSON);
    }

    /// @param type media type of the body
    Operation request(String schema, String type) {
        return copy(new Takes(takes.query(), takes.anyQuery(), takes.headers(), schema, type));
    }

    Operation answers(int status, String schema) {
        var more = new LinkedHashMap<>(answers);
        more.put(status, schema);
        return copy(takes, more, mediaType);
    }

    Operation mediaType(String type) {
        return copy(takes, answers, type);
    }

    private Operation copy(Takes newTakes) {
        return copy(newTakes, answers, mediaType);
    }

    private Operation copy(Takes newTakes, Map<Integer, String> newAnswers, String newMediaType) {
        return new Operation(
                method, path, id, group, summary, newTakes, newAnswers, newMediaType, endpoint);
    }

    /// The path as the router writes it.
    String routerPath() {
        return path.replaceAll("\\{(\\w+)}", ":$1");
    }

    /// Names in braces in the path.
    List<String> pathParameters() {
        return Arrays.stream(path.split("/", -1))
                .filter(part -> part.startsWith("{"))
                .map(part -> part.substring(1, part.length() - 1))
                .toList();
    }

    /// What is wrong with the query, if anything.
    Optional<Answer> queryProblem(Call call) {
        var malformed = call.queryProblems();
        if (!malformed.isEmpty()) {
            return Optional.of(badQuery(malformed));
        }
        if (takes.anyQuery()) {
            return Optional.empty();
        }
        Set<String> known =
                takes.query().stream().map(Parameter::name).collect(Collectors.toUnmodifiableSet());
        var problems =
                call.query().keySet().stream()
                        .filter(name -> !known.contains(name))
                        .map(name ->
                                new FieldProblem(
                                        name,
                                        "Unknown parameter"
                                                + (known.isEmpty()
                                                        ? "; none is taken here"
                                                        : Nearest.hint(name, known))))
                        .toList();
        return problems.isEmpty() ? Optional.empty() : Optional.of(badQuery(problems));
    }

    /// The problem of a query.
    static Answer badQuery(List<FieldProblem> problems) {
        return Answer.problem(
                400,
                "bad-query",
                "The query cannot be taken",
                problems.getFirst().field() + ": " + problems.getFirst().message(),
                problems);
    }
}
