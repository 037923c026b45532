package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import matchback.console.ConsoleContext;
import matchback.console.api.CatalogEditor.Change;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Entity;

/// Catalog over HTTP: for each kind list, make, show, replace and archive.
final class CatalogApi {
    static final String ROOT = "/api/v1/";
    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 1000;

    private final ConsoleContext context;
    private final CatalogEditor editor;

    CatalogApi(ConsoleContext context, CatalogEditor editor) {
        this.context = context;
        this.editor = editor;
    }

    List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        editor.kinds().forEach(kind -> operations.addAll(operations(kind)));
        return operations;
    }

    private List<Operation> operations(Kind<?> kind) {
        var all = ROOT + kind.path();
        var one = all + "/{key}";
        var name = schemaName(kind);
        return List.of(
                Operation.get(
                                all,
                                "list" + name,
                                "catalog",
                                title("List ", kind),
                                c -> list(kind, c))
                        .query("limit", Schema.integer("Items at most", 1, LIMIT_MAX))
                        .query("cursor", Schema.text("As the list before gave it in next"))
                        .query(
                                "archived",
                                Schema.words(
                                        "Whether archived ones too",
                                        List.of("true", "false", "all")))
                        .answers(200, name + "List"),
                operation(
                                HttpMethod.POST,
                                all,
                                "create" + name,
                                title("Make ", kind),
                                call -> create(kind, call))
                        .request(name)
                        .answers(201, name),
                Operation.get(
                                one,
                                "show" + name,
                                "catalog",
                                title("Show ", kind),
                                c -> show(kind, c))
                        .answers(200, name),
                operation(
                                HttpMethod.PUT,
                                one,
                                "replace" + name,
                                title("Replace ", kind),
                                call -> replace(kind, call))
                        .request(name)
                        .answers(200, name),
                operation(
                                HttpMethod.DELETE,
                                one,
                                "archive" + name,
                                title("Archive ", kind),
                                call -> archive(kind, call))
                        .answers(204, ""));
    }

    private static Operation operation(
            HttpMethod method, String path, String id, String summary, Function<Call, Answer> to) {
        return Operation.of(method, path, id, "catalog", summary, to);
    }

    private static String title(String verb, Kind<?> kind) {
        return verb + kind.path().replace('-', ' ');
    }

    /// The kind's name among the document's schemas, for example `TrafficSource`.
    static String schemaName(Kind<?> kind) {
        var name = new StringBuilder();
        for (var part : kind.word().split(" ", -1)) {
            name.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
        }
        return name.toString();
    }

    /// Schemas of all kinds and of their lists.
    Map<String, ObjectNode> schemas() {
        var schemas = new TreeMap<String, ObjectNode>();
        for (var kind : editor.kinds()) {
            var fields = new ArrayList<FieldSpec>();
            fields.add(
                    FieldSpec.optional(
                            "key", Schema.text("Given, or made from the name; never changes", 64)));
            fields.add(
                    FieldSpec.optional(
                            "name", Schema.text("What people call it", Kind.NAME_CHARS_MAX)));
            fields.addAll(kind.fields());
            fields.add(FieldSpec.optional("archived", Schema.flag("Whether it is out of use")));
            var name = schemaName(kind);
            schemas.put(name, Schema.object("One " + kind.word(), fields));
            schemas.put(name + "List", list(name));
        }
        return schemas;
    }

    /// The schema of a page of a list.
    static ObjectNode list(String item) {
        return Schema.object(
                "A page of a list",
                List.of(
                        FieldSpec.required("items", Schema.list("The items", Schema.ref(item))),
                        FieldSpec.required(
                                "next",
                                Schema.orNull(
                                        Schema.text("Cursor of the next page; null: none")))));
    }

    private <E extends Entity> Answer list(Kind<E> kind, Call call) {
        var archived = call.query("archived").orElse("false");
        if (!List.of("true", "false", "all").contains(archived)) {
            return Operation.badQuery(
                    List.of(new FieldProblem("archived", "Expected is true, false or all")));
        }
        var limit = call.query("limit").orElse(Integer.toString(LIMIT_DEFAULT));
        if (!limit.matches("[1-9]\\d{0,3}") || Integer.parseInt(limit) > LIMIT_MAX) {
            return Operation.badQuery(
                    List.of(new FieldProblem("limit", "A number from 1 to " + LIMIT_MAX)));
        }
        String after;
        try {
            after = call.query("cursor").map(CatalogApi::decoded).orElse("");
        } catch (IllegalArgumentException _) {
            return Operation.badQuery(
                    List.of(new FieldProblem("cursor", "This is no cursor of this list")));
        }
        var catalog = context.ledger().catalog();
        return page(kind, catalog, archived, after, Integer.parseInt(limit));
    }

    private static String decoded(String cursor) {
        return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    }

    private static <E extends Entity> Answer page(
            Kind<E> kind, Catalog catalog, String archived, String after, int limit) {
        var found =
                new TreeMap<>(catalog.all(kind.type()))
                        .tailMap(after, false).values().stream()
                                .filter(entity ->
                                        archived.equals("all")
                                                || entity.archived() == archived.equals("true"))
                                .limit(limit + 1L)
                                .toList();
        var page = Json.object();
        var items = page.putArray("items");
        found.stream()
                .limit(limit)
                .forEach(entity -> items.add(CatalogEditor.document(kind, entity, catalog, "")));
        if (found.size() > limit) {
            var last = found.get(limit - 1).key().getBytes(StandardCharsets.UTF_8);
            page.put("next", Base64.getUrlEncoder().withoutPadding().encodeToString(last));
        } else {
            page.putNull("next");
        }
        return Answer.json(page);
    }

    private Answer show(Kind<?> kind, Call call) {
        var key = call.path("key");
        return editor.find(kind, key)
                .map(found -> Answer.json(found.document()).with("ETag", found.etag()))
                .orElseGet(() -> Answer.notFound("There is no " + kind.word() + " \"" + key + '"'));
    }

    private Answer create(Kind<?> kind, Call call) {
        return withBody(
                call, body -> answer(editor.create(kind.path(), body, call.by()), 201, kind));
    }

    private Answer replace(Kind<?> kind, Call call) {
        var ifMatch = call.header("If-Match");
        return withBody(
                call,
                body ->
                        answer(
                                editor.replace(
                                        kind.path(), call.path("key"), body, ifMatch, call.by()),
                                200,
                                kind));
    }

    private Answer archive(Kind<?> kind, Call call) {
        return answer(
                editor.archive(kind.path(), call.path("key"), call.header("If-Match"), call.by()),
                204,
                kind);
    }

    static Answer withBody(Call call, Function<ObjectNode, Answer> then) {
        return switch (Json.parse(call.body())) {
            case Json.Parsed.Value(var body) -> then.apply(body);
            case Json.Parsed.Malformed malformed -> Json.problem(malformed);
        };
    }

    private static Answer answer(Change change, int status, Kind<?> kind) {
        return switch (change) {
            case Change.Saved(var key, var document, var etag) -> {
                var answer = Answer.json(status, document).with("ETag", etag);
                yield status == 201
                        ? answer.with("Location", ROOT + kind.path() + '/' + key)
                        : answer;
            }
            case Change.Archived() -> Answer.noContent();
            case Change.Invalid(var problems) -> Answer.invalid(problems);
            case Change.Conflict(var type, var detail) ->
                    Answer.problem(409, type, "The change contradicts what is there", detail);
            case Change.Missing(var detail) -> Answer.notFound(detail);
            case Change.Stale(var etag) ->
                    Answer.problem(
                                    412,
                                    "stale",
                                    "Somebody else changed it in the meantime",
                                    "Read it again; its ETag is now " + etag)
                            .with("ETag", etag);
        };
    }
}
