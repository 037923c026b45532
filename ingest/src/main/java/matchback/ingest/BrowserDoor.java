package matchback.ingest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import matchback.ingest.PostbackDoor.Arrived;
import matchback.ingest.PostbackDoor.Origin;
import matchback.ingest.PostbackDoor.Report;
import matchback.ingest.PostbackDoor.Wish;
import matchback.ledger.Event.BrowserReported;
import matchback.ledger.PersonalBlock;
import matchback.ledger.PersonalCodec;
import matchback.ledger.Sight;
import matchback.model.ClickId;
import matchback.model.Feed;
import matchback.model.Params;
import matchback.model.PostbackReader;
import matchback.model.PostbackReader.ClickIdFinding.Found;
import matchback.model.PostbackReader.ClickIdFinding.NotFound;
import matchback.model.Reason;
import matchback.model.Subject;
import matchback.model.catalog.Campaign;

/// The door for what browsers tell: visits without a redirect, what is seen after a click, and
/// conversions by script and pixel. A visit becomes a click as one through a tracking link does, a
/// conversion a postback as one of a server does. Does no input or output; safe for use by many
/// threads.
public final class BrowserDoor {
    /// Sights that one report may have; the rest of it is left out.
    public static final int SIGHTS_MAX = 20;

    /// The script reads JSON, and a page is told no more than any caller.
    private static final Wish WISH = new Wish(true, true, "", false);

    private static final RequestHeaders NO_HEADERS = new HeaderLines(List.of());
    private static final String VISIT = "visit";
    private static final int SIGHTS_PER_SECOND = 2;
    private static final int SIGHTS_BURST = 60;
    private static final long AMOUNT_MAX = 1_000_000_000;
    private static final int EVENT_ID_CHARS_MAX = 128;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_]{0,39}");
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,9}");

    /// A request of a page.
    ///
    /// @param peer who connected: the visitor, or a proxy
    /// @param visitor address behind trusted proxies
    public record Request(
            Target target,
            RequestHeaders headers,
            Address peer,
            Address visitor,
            byte[] body,
            Arrived arrived) {

        private String what() {
            return Params.ofQuery(target.query()).first("do");
        }

        /// Whether it is about a visit, which is routed by what is known of the visitor.
        public boolean isVisit() {
            return what().equals(VISIT);
        }
    }

    /// What is to be done for a page.
    public sealed interface Taken {
        /// Record a click; the page is told its id.
        record Visit(ClickDoor.Visit.Click click, ClickId id) implements Taken {}

        /// Record what was seen.
        record Seen(BrowserReported event, PersonalBlock personal) implements Taken {}

        /// Record a report of a conversion.
        record Conversion(Report report) implements Taken {}

        /// Record nothing.
        ///
        /// @param code of what is wrong, in lower case
        record Refused(String code, String message) implements Taken {}
    }

    private final Doorway door;
    private final IngestConfig.Limits limits;
    private final ClickDoor clicks;
    private final PostbackDoor postbacks;
    private final ClickCookie cookie;
    private final ScriptSightings sightings;
    private final Salts salts;
    private final DoubtLimiter limiter;

    public BrowserDoor(
            Doorway door,
            IngestConfig config,
            ClickDoor clicks,
            PostbackDoor postbacks,
            ScriptSightings sightings) {
        this.door = door;
        this.limits = config.limits();
        this.clicks = clicks;
        this.postbacks = postbacks;
        this.cookie = new ClickCookie(config.cookie(), door.clickIds());
        this.sightings = sightings;
        this.salts = new Salts(door.random());
        this.limiter = new DoubtLimiter(SIGHTS_PER_SECOND, SIGHTS_BURST, door.random().nextInt());
    }

    public ClickCookie cookie() {
        return cookie;
    }

    /// What the script sends; the query says what it is about.
    public Taken take(Request request) {
        return switch (request.what()) {
            case VISIT -> read(request, this::visit);
            case "seen" -> read(request, this::seen);
            case "convert" -> convert(request);
            default ->
                    new Taken.Refused(
                            "malformed_request", "do is missing: it is visit, seen or convert");
        };
    }

    /// A pixel's report. Its click is named in the URL or remembered by the browser.
    public Report pixel(Request request) {
        var params = Params.ofQuery(request.target().query());
        long now = door.clock().millis();
        var campaign =
                Optional.of(params.first("campaign"))
                        .filter(key -> !key.isEmpty())
                        // A campaign that is not there has no clicks.
                        .map(key -> door.ledger().catalog().campaign(key).map(Campaign::number))
                        .map(number -> number.orElse(-1));
        return report(request, "GET", Feed.PIXEL, cookie.newest(request.headers(), campaign, now));
    }

    private Taken convert(Request request) {
        var report = report(request, "POST", Feed.BROWSER, Optional.empty());
        return new Taken.Conversion(
                new Report(report.event(), report.personal(), report.catalog(), WISH));
    }

    private Report report(Request request, String method, Feed feed, Optional<ClickId> remembered) {
        var report =
                postbacks.take(
                        new PostbackDoor.Request(
                                method,
                                request.target(),
                                "",
                                request.headers(),
                                request.visitor(),
                                request.body(),
                                request.arrived()),
                        new Origin(
                                door.recordIds().next(),
                                door.clock().millis(),
                                feed,
                                true,
                                false,
                                remembered));
        if (!report.event().clickId().isEmpty()) {
            noted(ClickId.ofAuthentic(report.event().clickId()));
        }
        return report;
    }

    private void noted(ClickId id) {
        door.ledger()
                .catalog()
                .campaign(id.campaign())
                .ifPresent(campaign -> sightings.seen(campaign.key(), door.clock().millis()));
    }

    private interface Reading {
        Taken of(Request request, Params params);
    }

    private Taken read(Request request, Reading reading) {
        if (request.arrived() == Arrived.TOO_LARGE) {
            return new Taken.Refused(
                    Reason.TOO_LARGE.code(),
                    "the body has more than " + limits.bodyBytesMax() + " bytes");
        }
        var body =
                request.arrived() == Arrived.WHOLE
                        // Whatever type it says: a page that means JSON calls it text.
                        ? PostbackBody.read(request.body(), NO_HEADERS, limits.parametersMax())
                        : new PostbackBody.Unreadable(PostbackDoor.BROKEN_OFF, true);
        return switch (body) {
            case PostbackBody.Read(var params, _) -> reading.of(request, params);
            case PostbackBody.Unreadable(var detail, _) ->
                    new Taken.Refused(Reason.MALFORMED_REQUEST.code(), detail);
        };
    }

    private Taken visit(Request request, Params params) {
        var campaign = params.first("campaign");
        var target =
                new ClickDoor.Request(
                        "GET",
                        landing(campaign, params.first("page_url")),
                        campaign,
                        new Referred(request.headers(), params.first("ref")),
                        request.peer(),
                        request.visitor(),
                        PostbackDoor.userData(new PostbackReader(params, Optional.empty())));
        return switch (clicks.visit(target)) {
            case ClickDoor.Visit.Click click -> {
                var id = ClickId.ofAuthentic(click.event().subject().text());
                noted(id);
                yield new Taken.Visit(click, id);
            }
            case ClickDoor.Visit.Look _, ClickDoor.Visit.Elsewhere _, ClickDoor.Visit.Nowhere _ ->
                    new Taken.Refused(
                            "unknown_campaign",
                            "there is no campaign of this key that takes visitors; look at"
                                    + " data-campaign");
        };
    }

    /// The tracking link that would have led to a page.
    private Target landing(String campaign, String page) {
        int mark = page.indexOf('?');
        var query = mark < 0 ? "" : page.substring(mark);
        var cut = ClickFields.cut("/c/" + campaign + query, limits.urlCharsMax());
        return Target.of(
                new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    private Taken seen(Request request, Params params) {
        long now = door.clock().millis();
        var reader = new PostbackReader(params, Optional.empty());
        return switch (reader.clickId(door.clickIds(), now)) {
            case NotFound(var reason, _, _) -> new Taken.Refused(reason.code(), reason.message());
            case Found(var id, _) -> {
                var sights = sights(params.named("s"));
                if (sights.isEmpty()) {
                    yield new Taken.Refused(
                            Reason.MALFORMED_REQUEST.code(),
                            "s is a list of name:amount:event_id; a name has 1 to 40 of a-z, 0-9"
                                    + " and _");
                }
                if (!limiter.take(id.hashCode(), now)) {
                    yield new Taken.Refused(
                            Reason.RATE_LIMITED.code(),
                            "more than " + SIGHTS_PER_SECOND + " reports a second of one click");
                }
                noted(id);
                yield seen(request, reader, id, sights, now);
            }
        };
    }

    private Taken seen(
            Request request, PostbackReader reader, ClickId id, List<Sight> sights, long now) {
        var personal =
                new PersonalBlock(
                        door.recordIds().next(),
                        salts.next(),
                        request.visitor().toString(),
                        ClickFields.cut(
                                request.headers().first("User-Agent"), ClickDoor.HEADER_CHARS_MAX),
                        "POST",
                        request.target().path(),
                        List.of(),
                        new byte[0],
                        PostbackDoor.userData(reader));
        return new Taken.Seen(
                new BrowserReported(
                        personal.recordId(),
                        now,
                        door.ledger().catalog().version(),
                        Subject.click(id),
                        sights,
                        PersonalCodec.hash(personal)),
                personal);
    }

    /// Those that can be read, each written as `name:amount:event_id`, the last two optional.
    private static List<Sight> sights(List<Params.Param> params) {
        var sights = new ArrayList<Sight>();
        for (var param : params) {
            if (sights.size() < SIGHTS_MAX && param.isIntact()) {
                sight(param.value()).ifPresent(sights::add);
            }
        }
        return sights;
    }

    private static Optional<Sight> sight(String text) {
        var parts = text.split(":", 3);
        var name = parts[0].strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
        var amount = parts.length > 1 ? parts[1] : "";
        var eventId = parts.length > 2 ? parts[2] : "";
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new Sight(
                        name,
                        AMOUNT.matcher(amount).matches()
                                ? Math.min(Long.parseLong(amount), AMOUNT_MAX)
                                : -1,
                        ClickFields.cut(eventId, EVENT_ID_CHARS_MAX)));
    }

    /// The headers of a page's request, with the page before it as its referrer.
    private record Referred(RequestHeaders lines, String referrer) implements RequestHeaders {
        private static final String NAME = "Referer";

        @Override
        public String first(String name) {
            return name.equalsIgnoreCase(NAME) ? referrer : lines.first(name);
        }

        @Override
        public List<String> all(String name) {
            return name.equalsIgnoreCase(NAME) ? List.of(referrer) : lines.all(name);
        }

        @Override
        public void forEach(BiConsumer<String, String> visitor) {
            visitor.accept(NAME, referrer);
            lines.forEach((name, value) -> {
                if (!name.equalsIgnoreCase(NAME)) {
                    visitor.accept(name, value);
                }
            });
        }
    }
}
