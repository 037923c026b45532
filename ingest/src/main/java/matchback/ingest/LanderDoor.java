package matchback.ingest;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import matchback.ledger.Event.LanderClicked;
import matchback.ledger.state.ClickState;
import matchback.ledger.state.LanderState;
import matchback.ledger.state.SubjectState;
import matchback.model.ClickId;
import matchback.model.ClickIds.Reading;
import matchback.model.Money;
import matchback.model.Params;
import matchback.model.Params.Param;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Offer;
import matchback.model.catalog.Routing.Referrer;
import matchback.model.routing.Choice;
import matchback.model.routing.Visitor;
import org.jspecify.annotations.Nullable;

/// The door for the button of a lander: finds the visitor's click, and the offer that was chosen
/// for it. Nobody is ever sent to an address that came with the request. Safe for use by many
/// threads.
public final class LanderDoor {
    private final Doorway door;
    private final ClickCookie cookie;
    private final Roads roads;

    /// A request for a lander's link.
    ///
    /// @param button number of the link; 0 for the plain one
    public record Request(String method, Target target, int button, RequestHeaders headers) {}

    /// What is to be done for a visitor.
    public sealed interface Visit {
        /// Record the step, then redirect.
        record Click(LanderClicked event, String url, Referrer referrer) implements Visit {}

        /// Redirect and record nothing: a look, a click that is only known by its id, or one whose
        /// visitor went on too often to be counted.
        record Pass(String url, Referrer referrer) implements Visit {}

        /// Redirect to a fallback URL and record nothing.
        record Elsewhere(String url) implements Visit {}

        /// There is nowhere to go.
        record Nowhere() implements Visit {}
    }

    public LanderDoor(Doorway door, IngestConfig config) {
        this.door = door;
        this.cookie = new ClickCookie(config.cookie(), door.clickIds());
        this.roads = new Roads(door.ledger().catalog(), config.fallback());
    }

    /// Reads from the disk: not for an event loop.
    public Visit visit(Request request) {
        var catalog = door.ledger().catalog();
        return clickId(request)
                .flatMap(id ->
                        catalog.campaign(id.campaign())
                                .flatMap(campaign -> roads.road(catalog, campaign.key()))
                                .map(road -> visit(request, catalog, road, id)))
                .orElseGet(() -> elsewhere(roads.fallbackUrl()));
    }

    private Visit visit(Request request, Catalog catalog, Road road, ClickId id) {
        if (!road.router().isOpen()) {
            return elsewhere(road.fallbackUrl());
        }
        return id.isUnrecorded()
                ? unrecorded(request, road, id)
                : recorded(request, catalog, road, id);
    }

    /// The first authentic click id of the request: in a parameter, in a parameter of the page it
    /// comes from, in our cookie. What stands in the link is surer than a cookie, which is that of
    /// the visitor's last click.
    private Optional<ClickId> clickId(Request request) {
        return among(request.target().query())
                .or(() -> among(Target.of(request.headers().first("Referer")).query()))
                .or(() ->
                        cookie.newest(request.headers(), Optional.empty(), door.clock().millis()));
    }

    private Optional<ClickId> among(String query) {
        return Params.ofQuery(query).list().stream()
                .map(Param::value)
                .map(this::authentic)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<ClickId> authentic(String value) {
        return value.length() == ClickId.CHARS
                        && door.clickIds().read(value, door.clock().millis())
                                instanceof Reading.Authentic(var id)
                ? Optional.of(id)
                : Optional.empty();
    }

    /// Of a click that the ledger could not take nothing is known but its campaign: it is chosen
    /// now, as nothing was kept of the first choice.
    private Visit unrecorded(Request request, Road road, ClickId id) {
        var fields = road.reader().read(Params.ofQuery(""));
        var signs = VisitorSigns.ofHeaders(request.headers(), door.visitors());
        var visitor =
                new Visitor(signs.traits(), fields.subs(), false, false, door.clock().millis());
        return road.router()
                .choose(visitor, door.caps(), Optional.empty(), door.random())
                .map(Choice::offer)
                .flatMap(offer -> link(road, offer.key()))
                .<Visit>map(link ->
                        new Visit.Pass(
                                link.url(_ -> "", id.text(), List.of()),
                                road.campaign().routes().referrer()))
                .orElseGet(() -> elsewhere(road.fallbackUrl()));
    }

    private Visit recorded(Request request, Catalog catalog, Road road, ClickId id) {
        var subject = Subject.click(id);
        try (var snapshot = door.ledger().snapshot()) {
            var state = snapshot.state(subject);
            boolean isCounted = !isLook(request) && !new LanderState(state, subject).isFull();
            return new SubjectState(state, subject)
                    .click()
                    .filter(ClickState::recorded)
                    .flatMap(click -> {
                        var offer = offer(request, road, click);
                        var step =
                                new LanderClicked(
                                        door.recordIds().next(),
                                        door.clock().millis(),
                                        catalog.version(),
                                        subject,
                                        request.button(),
                                        offer);
                        return url(request, road, id, click, offer)
                                .map(url -> on(road, url, isCounted ? step : null));
                    })
                    .orElseGet(() -> elsewhere(road.fallbackUrl()));
        }
    }

    /// @param step to be recorded; null for none
    private static Visit on(Road road, String url, @Nullable LanderClicked step) {
        var referrer = road.campaign().routes().referrer();
        return step == null ? new Visit.Pass(url, referrer) : new Visit.Click(step, url, referrer);
    }

    private Optional<String> url(
            Request request, Road road, ClickId id, ClickState click, String offer) {
        return link(road, offer)
                .map(link -> link.url(values(click, offer), id.text(), passed(request, road, id)));
    }

    private static boolean isLook(Request request) {
        return request.method().equals("HEAD") || VisitorSigns.isPrefetch(request.headers());
    }

    /// The offer of the button, where there are several; else the one that was chosen for the
    /// click.
    private static String offer(Request request, Road road, ClickState click) {
        var path = click.traits().getOrDefault(Choice.PATH, "");
        return request.button() == 0
                ? click.offer()
                : road.router()
                        .button(path, request.button())
                        .map(Offer::key)
                        .orElse(click.offer());
    }

    /// An offer that the campaign has no longer is still where the visitor was promised to go.
    private Optional<OfferLink> link(Road road, String offer) {
        var link = road.offers().get(offer);
        return link != null
                ? Optional.of(link)
                : door.ledger()
                        .catalog()
                        .offer(offer)
                        .flatMap(found -> OfferLink.of(found.url(), found.clickIdParameter()));
    }

    /// What the page added to the link, but not the click id: that goes by the offer's own name.
    private static List<Param> passed(Request request, Road road, ClickId id) {
        return road.campaign().passParameters()
                ? Params.ofQuery(request.target().query()).list().stream()
                        .filter(param -> !param.value().equalsIgnoreCase(id.text()))
                        .toList()
                : List.of();
    }

    private static Function<String, String> values(ClickState click, String offer) {
        return name ->
                switch (name) {
                    case "externalid" -> click.externalId();
                    case "campaign" -> click.campaign();
                    case "source" -> click.source();
                    case "offer" -> offer;
                    case "creative" -> click.creative();
                    case "cost" -> click.costMicros() < 0 ? "" : Money.plain(click.costMicros());
                    default -> click.subs().getOrDefault(name, "");
                };
    }

    private static Visit elsewhere(Optional<String> url) {
        return url.<Visit>map(Visit.Elsewhere::new).orElseGet(Visit.Nowhere::new);
    }
}
