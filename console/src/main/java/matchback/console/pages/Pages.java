package matchback.console.pages;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import matchback.console.ConsoleConfig;
import matchback.console.ConsoleContext;
import matchback.console.PathPrefix;
import matchback.console.Running;
import matchback.console.api.CatalogEditor;
import matchback.console.cost.CostFiles;
import matchback.console.people.Access;
import matchback.console.people.Rights;
import matchback.console.people.Rights.Right;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The console's pages and their routes.
///
/// A page is asked for with GET and changes nothing; what changes something is a POST with the
/// session's CSRF token, and ends in a redirect. Handlers run on virtual threads and may block.
public final class Pages {
    private static final Logger LOG = LoggerFactory.getLogger(Pages.class);
    private static final int REQUEST_ID_BYTES = 8;

    private final Site site;
    private final Running running;
    private final Errors errors;
    private final Rights rights = Rights.ofJar();

    private Pages(Site site, Running running) {
        this.site = site;
        this.running = running;
        this.errors = new Errors(site);
    }

    /// Adds the pages. Handlers run on virtual threads and may block; request bodies are read.
    ///
    /// @param editor the one that the API changes the catalog with too
    public static void mount(
            Router router,
            ConsoleContext context,
            ConsoleConfig config,
            Access access,
            CatalogEditor editor,
            Running running) {
        var site =
                new Site(
                        context,
                        config,
                        new PathPrefix(config.pathPrefix()),
                        access,
                        Texts.english(),
                        Assets.ofJar(),
                        new StaticTemplates(),
                        editor,
                        new HeldCount(context.reports(), context.clock()));
        new Pages(site, running).add(router);
    }

    private void add(Router router) {
        router.get("/assets/:hash/:name").handler(this::asset);
        router.get("/favicon.ico")
                .handler(ctx -> visit(ctx).goTo(site.assets().path("favicon.svg")));
        addAccount(router);
        addNumbers(router);
        addCatalog(router);
        addReplay(router);
        addValidation(router);
        page(router.get("/campaigns/:key/script"), new Scripts()::show);
        // Whatever no route took, except calls of the API: those get their answers there.
        router.route().last().handler(this::missing);
    }

    private void addAccount(Router router) {
        var signIn = new SignIn(site, errors);
        var settings = new Settings();
        open(router.get("/login"), signIn::show);
        open(router.post("/login"), signIn::login);
        change(router.post("/logout"), signIn::logout);
        var account = new AccountPages(site.editor());
        page(router.get("/account"), account::show);
        change(router.post("/account/tokens"), account::makeToken);
        change(router.post("/account/tokens/:key/revoke"), account::revokeToken);
        page(router.get("/account/password"), account::password);
        change(router.post("/account/password"), account::changePassword);
        change(router.post("/account/logout-everywhere"), signIn::logoutEverywhere);
        var people = new PeoplePages(site.editor());
        page(router.get("/people"), people::show);
        change(router.post("/people/tokens/:key/revoke"), people::revokeToken);
        change(router.post("/people/:key/logout"), people::endSessions);
        page(router.get("/settings"), settings::show);
        change(router.post("/settings"), settings::save);
        change(router.post("/settings/theme"), settings::save);
    }

    private void addNumbers(Router router) {
        var lists = new Lists();
        page(router.get("/"), new Overviews(running.live())::show);
        page(router.get("/report"), new ReportPages()::show);
        page(router.get("/alerts"), new AlertPages()::show);
        page(router.get("/conversions"), lists::conversions);
        page(router.get("/postbacks"), lists::postbacks);
        var deliveries = new DeliveryPages();
        page(router.get("/deliveries"), deliveries::list);
        page(router.get("/deliveries/:subject/:number"), deliveries::show);
        change(router.post("/deliveries/:subject/:number/resend"), deliveries::resend);
        var held = new HeldPages(site.context());
        page(router.get("/held"), held::show);
        page(router.get("/held/review"), held::show);
        change(router.post("/held/review"), held::reviewAll);
        page(router.get("/feeds"), new FeedsPages()::show);
        page(router.get("/sums"), new Sums()::show);
        addCosts(router);
        var files = new UploadPages(running.uploads());
        page(router.get("/upload"), files::show);
        change(router.post("/upload"), files::take);
        page(router.get("/upload/:id"), files::one);
        page(router.get("/upload/:id/result.csv"), files::result);
        change(router.post("/upload/:id/columns"), files::columns);
        change(router.post("/upload/:id/apply"), files::apply);
        change(router.post("/upload/:id/discard"), files::discard);
        page(router.get("/clicks/:id"), new ClickStory()::show);
        var edits = new EditPages(site.context());
        page(router.get("/clicks/:id/conversions/:conversion/edit"), edits::show);
        change(router.post("/clicks/:id/conversions/:conversion/edit"), edits::edit);
        page(router.get("/postbacks/:record"), new PostbackStory()::show);
        change(router.post("/postbacks/:record/review"), held::review);
    }

    private void addCosts(Router router) {
        var costs = new Costs(site);
        var files = new CostFilePages(new CostFiles(site.context()), costs);
        page(router.get("/costs"), costs::show);
        change(router.post("/costs"), costs::state);
        change(router.post("/costs/:id/undo"), costs::undo);
        change(router.post("/costs/file"), files::take);
        page(router.get("/costs/file/:id"), files::show);
        page(router.get("/costs/file/:id/result.csv"), files::result);
        change(router.post("/costs/file/:id/state"), files::state);
        change(router.post("/costs/file/:id/discard"), files::discard);
    }

    private void addCatalog(Router router) {
        var things = new Things();
        page(router.get("/campaigns"), things::campaigns);
        page(router.get("/landers"), things::landers);
        page(router.get("/offers"), things::offers);
        page(router.get("/sources"), things::sources);
        page(router.get("/senders"), things::senders);
        page(router.get("/rates"), new Rates()::show);
        var forms = new Forms(site.editor());
        var destinations = new Destinations(site.editor(), site.context().desk());
        for (var form : forms()) {
            var path = form.section().path();
            page(
                    router.get(path + "/new"),
                    visit -> {
                        if (form instanceof DestinationForm destination) {
                            destinations.make(visit, forms, destination);
                        } else {
                            forms.make(visit, form);
                        }
                    });
            change(router.post(path + "/new"), visit -> forms.create(visit, form));
            page(router.get(path + "/:key/edit"), visit -> forms.edit(visit, form));
            change(router.post(path + "/:key/edit"), visit -> forms.replace(visit, form));
            change(router.post(path + "/:key/archive"), visit -> forms.archive(visit, form));
            if (!(form instanceof CampaignForm) && !(form instanceof DestinationForm)) {
                // These have no page besides their form.
                page(router.get(path + "/:key"), visit -> forms.edit(visit, form));
            }
        }
        page(router.get("/apple"), new ApplePages()::show);
        var links = new OldLinkPages(site.context(), site.editor());
        page(router.get("/old-links"), links::show);
        page(router.get("/old-trackers"), visit -> visit.goTo("/old-links"));
        change(router.post("/old-links"), links::take);
        var first = new FirstCampaignPages(site.editor());
        page(router.get(FirstCampaignPages.PATH), first::ask);
        change(router.post(FirstCampaignPages.PATH), first::make);
        page(router.get("/campaigns/:key/waiting"), first::waiting);
        page(router.get("/campaigns/:key"), new Campaigns(site.editor())::show);
        page(router.get("/campaigns/:key/route"), new RoutePages()::show);
        page(router.get("/destinations"), destinations::list);
        page(router.get("/destinations/:key"), destinations::show);
        var wishes = new Wishes();
        page(router.get("/destinations/:key/resend"), wishes::showResend);
        change(router.post("/destinations/:key/resend"), wishes::resend);
        page(router.get("/destinations/:key/backfill"), wishes::showBackfill);
        change(router.post("/destinations/:key/backfill"), wishes::backfill);
        change(router.post("/destinations/:key/test"), destinations::test);
        change(router.post("/destinations/:key/pause"), destinations::pause);
        change(router.post("/destinations/:key/resume"), destinations::resume);
        var bench = new BenchPages();
        page(router.get("/senders/:key/test"), bench::show);
        change(router.post("/senders/:key/test"), bench::test);
    }

    private static List<EntityForm> forms() {
        return List.of(
                new SourceForm(),
                new SenderForm(),
                new OfferForm(),
                new CampaignForm(),
                new RateForm(),
                new DestinationForm(),
                new OldTrackerForm(),
                new AppleAppForm(),
                new LanderForm(),
                new UserForm());
    }

    private void addReplay(Router router) {
        var pages = new ReplayPages(running.replays());
        page(router.get("/replay"), pages::ask);
        change(router.post("/replay"), pages::preview);
        page(router.get("/replay/:id"), pages::show);
        change(router.post("/replay/:id/apply"), pages::apply);
        change(router.post("/replay/:id/cancel"), pages::cancel);
    }

    private void addValidation(Router router) {
        var pages = new ValidationPages(site.editor());
        page(router.get("/validation"), pages::show);
        change(router.post("/validation"), pages::save);
        change(router.post("/validation/preview"), pages::preview);
        change(router.post("/validation/quarantines"), pages::begin);
        change(router.post("/validation/quarantines/:key/end"), pages::end);
    }

    /// A page anyone may see.
    private void open(Route route, Consumer<Visit> page) {
        if (!right(route).isOpen()) {
            throw new IllegalStateException("not open by the table of rights: " + route.getPath());
        }
        handle(route, page);
    }

    private void handle(Route route, Consumer<Visit> page) {
        route.handler(ctx -> page.accept(visit(ctx))).failureHandler(this::failed);
    }

    /// A page for those whom the table of rights lets see it.
    private void page(Route route, Consumer<Visit> page) {
        var right = right(route);
        handle(
                route,
                visit -> {
                    var caller = visit.caller();
                    if (caller.isEmpty()) {
                        toLogin(visit);
                    } else if (right.allows(caller.get())) {
                        page.accept(visit);
                    } else if (caller.get().isPasswordDue()) {
                        visit.goTo(AccountPages.PASSWORD);
                    } else {
                        errors.notPermitted(visit, right);
                    }
                });
    }

    private Right right(Route route) {
        return rights.of(
                route.methods().iterator().next().name(), Objects.requireNonNull(route.getPath()));
    }

    /// A form of theirs.
    private void change(Route route, Consumer<Visit> form) {
        page(
                route,
                visit -> {
                    if (site.access().requireCsrf(visit.ctx())) {
                        form.accept(visit);
                    } else {
                        errors.forbidden(visit);
                    }
                });
    }

    private Visit visit(RoutingContext ctx) {
        return new Visit(site, ctx);
    }

    private static void toLogin(Visit visit) {
        var request = visit.ctx().request();
        if (request.getHeader("HX-Request") != null) {
            // A partial update of a page whose session is over: the page loads itself again.
            visit.ctx().response().setStatusCode(401).end();
            return;
        }
        var isHome = request.uri().equals("/");
        visit.goTo(isHome ? "/login" : "/login?next=" + Visit.encode(request.uri()));
    }

    private void asset(RoutingContext ctx) {
        var visit = visit(ctx);
        var found = site.assets().at(visit.pathParam("hash"), visit.pathParam("name"));
        if (found.isEmpty()) {
            ctx.response().setStatusCode(404).end();
            return;
        }
        ctx.response()
                .putHeader("Content-Type", found.get().type())
                .putHeader("Cache-Control", "public, max-age=31536000, immutable")
                .end(Buffer.buffer(found.get().content()));
    }

    private void missing(RoutingContext ctx) {
        var path = ctx.normalizedPath();
        if (path.startsWith("/api/") || path.startsWith("/health")) {
            ctx.next();
            return;
        }
        if (site.access().caller(ctx).isPresent()) {
            errors.notFound(visit(ctx));
        } else {
            toLogin(visit(ctx));
        }
    }

    private void failed(RoutingContext ctx) {
        if (ctx.response().ended()) {
            return;
        }
        if (ctx.failure() == null) {
            ctx.response().setStatusCode(ctx.statusCode()).end();
            return;
        }
        var bytes = new byte[REQUEST_ID_BYTES];
        site.context().random().nextBytes(bytes);
        var id = HexFormat.of().formatHex(bytes);
        LOG.error("page failed request={} path={}", id, ctx.normalizedPath(), ctx.failure());
        errors.broken(visit(ctx), id);
    }
}
