package matchback.console.api;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import matchback.console.ConsoleConfig;
import matchback.console.ConsoleContext;
import matchback.console.Running;
import matchback.console.people.Access;
import matchback.console.people.Caller;
import matchback.console.people.Rights;
import matchback.console.people.Rights.Right;
import matchback.ledger.Completion.LedgerFailure;
import matchback.ledger.Wordless;
import matchback.report.FactStore.FactStoreFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The API's routes: who may call, what the query and the body must be, and what becomes of
/// trouble. One place turns it all into answers and log lines.
public final class Api {
    private static final Logger LOG = LoggerFactory.getLogger(Api.class);

    private final Access access;
    private final Rights rights;
    private final List<Operation> operations;

    private Api(Access access, Rights rights, List<Operation> operations) {
        this.access = access;
        this.rights = rights;
        this.operations = operations;
    }

    /// Adds the API, the probes and the metrics. Handlers run on virtual threads.
    public static void mount(
            Router router,
            ConsoleContext context,
            ConsoleConfig config,
            Access access,
            CatalogEditor editor,
            Running running) {
        var rights = Rights.ofJar();
        new Api(access, rights, operations(rights, context, config, editor, running)).mount(router);
    }

    /// The route table.
    private static List<Operation> operations(
            Rights rights,
            ConsoleContext context,
            ConsoleConfig config,
            CatalogEditor editor,
            Running running) {
        var catalog = new CatalogApi(context, editor);
        var operations = new ArrayList<Operation>();
        operations.addAll(catalog.operations());
        operations.addAll(new ListsApi(context).operations());
        operations.addAll(new ClicksApi(context).operations());
        operations.addAll(new ReviewsApi(context).operations());
        operations.addAll(new SenderTestApi(context, config).operations());
        operations.addAll(new DestinationsApi(context, editor).operations());
        operations.addAll(new DeliveriesApi(context).operations());
        operations.addAll(new EditsApi(context).operations());
        var once = new Once(context);
        operations.addAll(new ConversionsApi(context, once).operations());
        operations.addAll(new CostsApi(context, config, once).operations());
        operations.addAll(new CsvApi(context, running.uploads()).operations());
        operations.addAll(new RecoveriesApi(context).operations());
        operations.addAll(new OldLinksApi(context, editor).operations());
        operations.addAll(new ReplaysApi(context, config, running.replays()).operations());
        operations.addAll(new ValidationApi(context, config).operations());
        operations.addAll(new AppleAdsApi(context, config).operations());
        operations.addAll(new ReportApi(context, config).operations());
        operations.addAll(new LiveApi(context, config, running.live()).operations());
        operations.addAll(new AlertsApi(context.alerts()).operations());
        operations.add(new FeedsApi(context, config).operation());
        operations.addAll(new Probes(context.vitals()).operations());
        operations.addAll(ReasonsApi.operations());
        operations.addAll(new TemplatesApi(config).operations());
        operations.addAll(SourceTemplatesApi.operations());
        operations.addAll(OfferTemplatesApi.operations());
        var openApi = new OpenApi(context.version(), config.pathPrefix(), catalog.schemas());
        operations.add(openApi.operation());
        openApi.describe(operations, rights);
        return List.copyOf(operations);
    }

    private void mount(Router router) {
        var methods = new LinkedHashMap<String, Set<HttpMethod>>();
        for (var operation : operations) {
            var path = operation.routerPath();
            var allowed = methods.computeIfAbsent(path, _ -> new LinkedHashSet<>());
            allowed.add(operation.method());
            var right = rights.of(operation.method().name(), path);
            router.route(operation.method(), path).handler(ctx -> answer(operation, right, ctx));
            if (operation.method().equals(HttpMethod.GET)) {
                allowed.add(HttpMethod.HEAD);
                router.route(HttpMethod.HEAD, path).handler(ctx -> answer(operation, right, ctx));
            }
        }
        methods.forEach((path, allowed) -> router.route(path).handler(ctx -> refuse(ctx, allowed)));
        router.route("/api/*").handler(this::unknownPath);
        router.errorHandler(413, ctx -> fail(ctx, tooLarge(ctx.normalizedPath())));
        for (var failure : FAILURES.entrySet()) {
            router.errorHandler(failure.getKey(), ctx -> fail(ctx, failure.getValue()));
        }
    }

    private void answer(Operation operation, Right right, RoutingContext ctx) {
        send(
                ctx,
                () -> {
                    var caller = caller(ctx);
                    if (!right.isOpen()) {
                        if (caller.isEmpty()) {
                            return unauthorised(ctx);
                        }
                        if (!right.allows(caller.get())) {
                            return notPermitted(right, caller.get());
                        }
                    }
                    var call = Call.of(ctx, caller.orElse(null));
                    var problem = operation.queryProblem(call);
                    if (problem.isPresent()) {
                        return problem.get();
                    }
                    if (operation.takes().isJson() && !call.isJson()) {
                        return Answer.problem(
                                415,
                                "media-type",
                                "The body is of a type that is not read here",
                                "Send JSON, with the header Content-Type: application/json");
                    }
                    var answer = operation.endpoint().apply(call);
                    return call.isMoneyHidden() ? MoneyMask.hide(answer) : answer;
                });
    }

    /// A session opens the API for reading only: what changes something needs the token, which no
    /// other site's page can make a browser send.
    private Optional<Caller> caller(RoutingContext ctx) {
        var method = ctx.request().method();
        boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        return reads ? access.caller(ctx) : access.bearer(ctx);
    }

    private static Answer notPermitted(Right right, Caller caller) {
        String why;
        if (caller.isPasswordDue()) {
            why = "Log in to the console and choose a password of your own first";
        } else if (caller.may(right.needs())) {
            why = "It shows or takes amounts, and those are hidden from you";
        } else {
            why =
                    "It needs the permission \"%s\", which %s not have"
                            .formatted(
                                    right.needs().word(),
                                    caller.isSession() ? "your role does" : "this token does");
        }
        return Answer.problem(403, "not-permitted", "You may not do that", why);
    }

    private static Answer unauthorised(RoutingContext ctx) {
        boolean showed = ctx.request().getHeader("Authorization") != null;
        return Answer.problem(
                        401,
                        "unauthorised",
                        "A token is needed",
                        showed
                                ? "The Authorization header has no token of this installation that is"
                                        + " in force"
                                : "Send a token as Authorization: Bearer <token>")
                .with(
                        "WWW-Authenticate",
                        "Bearer realm=\"matchback\"" + (showed ? ", error=\"invalid_token\"" : ""));
    }

    private void refuse(RoutingContext ctx, Set<HttpMethod> allowed) {
        var names = String.join(", ", allowed.stream().map(HttpMethod::name).toList());
        send(
                ctx,
                () ->
                        Answer.problem(
                                        405,
                                        "method",
                                        "The method is not taken here",
                                        ctx.request().method() + "; expected is " + names)
                                .with("Allow", names));
    }

    private void unknownPath(RoutingContext ctx) {
        send(
                ctx,
                () ->
                        caller(ctx).isPresent()
                                ? Answer.notFound(
                                        "The API has no such path; /openapi.json lists them all")
                                : unauthorised(ctx));
    }

    @FunctionalInterface
    private interface Answering {
        Answer answer();
    }

    private static void send(RoutingContext ctx, Answering answering) {
        Answer answer;
        try {
            answer = answering.answer();
        } catch (CompletionException | LedgerFailure e) {
            LOG.error("api path={} trouble=ledger", ctx.normalizedPath(), Wordless.of(e));
            answer =
                    Answer.problem(
                                    503,
                                    "not-stored",
                                    "Nothing was changed",
                                    "The ledger could not store it; try again")
                            .with("Retry-After", "1");
        } catch (FactStoreFailure e) {
            LOG.error("api path={} trouble=columns", ctx.normalizedPath(), Wordless.of(e));
            answer =
                    Answer.problem(
                                    503,
                                    "no-reports",
                                    "Reports cannot be read now",
                                    "Clicks and postbacks are taken all the same; try again")
                            .with("Retry-After", "5");
        } catch (RuntimeException e) {
            LOG.error("api path={} trouble=unexpected", ctx.normalizedPath(), Wordless.of(e));
            answer = FAILURES.getOrDefault(500, Answer.notFound(""));
        }
        try {
            Responder.send(ctx, answer);
        } catch (IOException e) {
            LOG.debug("api path={} trouble=caller-gone", ctx.normalizedPath(), Wordless.of(e));
        }
    }

    private static Answer tooLarge(String path) {
        return Answer.problem(
                413,
                "too-large",
                "The request is too large",
                "A body has at most " + ConsoleConfig.bodyBytesMax(path) + " bytes here");
    }

    /// Answers to what goes wrong before or beside the endpoints.
    private static final Map<Integer, Answer> FAILURES =
            Map.of(
                    400,
                    Answer.problem(
                            400,
                            "malformed-request",
                            "The request cannot be read",
                            "Its path, query or body is not well-formed"),
                    500,
                    Answer.problem(
                            500,
                            "internal",
                            "Something is wrong with us",
                            "The log of the server has the details"));

    private static void fail(RoutingContext ctx, Answer answer) {
        var failure = ctx.failure();
        if (failure != null && answer.status() == 500) {
            LOG.error(
                    "console path={} trouble=unexpected",
                    ctx.normalizedPath(),
                    Wordless.of(failure));
        }
        send(ctx, () -> answer);
    }
}
