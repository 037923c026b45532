package matchback.ingest;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import matchback.ledger.Event.ClickRecorded;
import matchback.ledger.PersonalBlock;
import matchback.ledger.PersonalCodec;
import matchback.ledger.intake.Missed;
import matchback.model.Amount;
import matchback.model.ClickId;
import matchback.model.Money;
import matchback.model.Params.Param;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.OldLink;
import matchback.model.catalog.Routing.Referrer;
import matchback.model.routing.Choice;
import matchback.model.routing.Choice.Kept;
import matchback.model.routing.Openness;

/// The door for clicks: finds the campaign, routes to an offer, and makes the event. Does no input
/// or output; safe for use by many threads.
public final class ClickDoor {
    private static final int PER_MILLE = 1000;
    static final int HEADER_CHARS_MAX = 1024;

    /// Headers kept of a click: what tells of the visitor and of the way.
    private static final Set<String> HEADERS =
            Set.of(
                    "referer",
                    "accept-language",
                    "sec-ch-ua",
                    "sec-ch-ua-mobile",
                    "sec-ch-ua-model",
                    "sec-ch-ua-platform",
                    "sec-ch-ua-platform-version",
                    "x-requested-with",
                    "sec-purpose",
                    "purpose",
                    "sec-gpc",
                    "dnt",
                    "x-forwarded-for",
                    "forwarded",
                    "matchback-recovered");

    private static final int HEADERS_MAX = 32;

    /// A request for a tracking link.
    ///
    /// @param campaign key in the path
    /// @param peer who connected: the visitor, or a proxy
    /// @param visitor address behind trusted proxies
    /// @param userData what the browser told beside, by [matchback.model.Field#key()]
    public record Request(
            String method,
            Target target,
            String campaign,
            RequestHeaders headers,
            Address peer,
            Address visitor,
            Map<String, String> userData) {

        /// A request of which there is nothing beside.
        public Request(
                String method,
                Target target,
                String campaign,
                RequestHeaders headers,
                Address peer,
                Address visitor) {
            this(method, target, campaign, headers, peer, visitor, Map.of());
        }
    }

    /// What is to be done for a visitor.
    public sealed interface Visit {
        /// Record the event, then redirect.
        ///
        /// @param manner how the visitor is sent there
        /// @param unrecorded makes the URL for a visitor whose click could not be recorded
        record Click(
                ClickRecorded event,
                PersonalBlock personal,
                int status,
                String url,
                Manner manner,
                Supplier<String> unrecorded)
                implements Visit {}

        /// Redirect and record nothing: someone only looks where the link leads.
        record Look(int status, String url) implements Visit {}

        /// Redirect to a fallback URL and record nothing.
        record Elsewhere(String url) implements Visit {}

        /// There is nowhere to go.
        record Nowhere() implements Visit {}
    }

    /// @param referrer what the page learns of where the visitor came from
    /// @param cookies values of Set-Cookie headers
    public record Manner(Referrer referrer, List<String> cookies) {
        /// A plain redirect.
        public static final Manner PLAIN = new Manner(Referrer.ORIGIN, List.of());

        /// The same with one more cookie.
        public Manner with(String cookie) {
            var more = new ArrayList<>(cookies);
            more.add(cookie);
            return new Manner(referrer, more);
        }
    }

    private final Doorway door;
    private final Roads roads;
    private final ClickCookie cookie;
    private final KeptWay kept;
    private final Salts salts;
    private final SeenVisitors seen;
    private final PlaceHeaders places;
    private final int targetCharsMax;

    public ClickDoor(Doorway door, IngestConfig config) {
        this.door = door;
        this.roads = new Roads(door.ledger().catalog(), config.fallback());
        this.cookie = new ClickCookie(config.cookie(), door.clickIds());
        this.kept = new KeptWay(door.fingerprints());
        this.salts = new Salts(door.random());
        this.seen = new SeenVisitors(door.random().nextLong());
        this.places = new PlaceHeaders(config.proxies());
        this.targetCharsMax = config.limits().urlCharsMax();
    }

    public Visit visit(Request request) {
        var catalog = door.ledger().catalog();
        var found = roads.road(catalog, request.campaign());
        if (found.isEmpty()) {
            return elsewhere(roads.fallbackUrl());
        }
        var road = found.get();
        boolean isLook = request.method().equals("HEAD");
        var passing = Passing.of(request, road, signs(request), door.clock().millis());
        if (!isLook && road.router().isOpen()) {
            passing = seen(passing);
        }
        var before = kept.read(road.campaign(), request.headers(), passing.at());
        var chosen = road.router().choose(passing.visitor(), door.caps(), before, door.random());
        if (chosen.isEmpty()) {
            return elsewhere(road.fallbackUrl());
        }
        var choice = chosen.get();
        if (isLook) {
            return new Visit.Look(status(road.campaign()), url(passing, choice, ""));
        }
        if (!passing.isBot()) {
            door.caps().clicked(road.campaign(), choice);
        }
        var id = door.mint().issue(passing.at(), road.campaign().number(), false);
        var manner = manner(passing, choice, before);
        return click(catalog, passing, choice, manner, id, door.recordIds().next());
    }

    private VisitorSigns signs(Request request) {
        return VisitorSigns.of(
                request.headers(), request.visitor(), request.peer(), door.visitors(), places);
    }

    private Passing seen(Passing passing) {
        var request = passing.request();
        var campaign = passing.road().campaign();
        boolean isFirst =
                seen.isFirst(
                        campaign.key(), request.visitor().toString(), agent(request), passing.at());
        boolean isKnown =
                cookie.newest(request.headers(), Optional.of(campaign.number()), passing.at())
                        .isPresent();
        return passing.seen(isFirst, isKnown);
    }

    private Manner manner(Passing passing, Choice choice, Optional<Kept> before) {
        var campaign = passing.road().campaign();
        var routes = campaign.routes();
        var cookies = new ArrayList<String>();
        if (routes.stickyDays() > 0 && !before.equals(Optional.of(choice.kept()))) {
            cookies.add(kept.cookie(campaign, choice.kept(), passing.at()));
        }
        return cookies.isEmpty() && routes.referrer() == Referrer.ORIGIN
                ? Manner.PLAIN
                : new Manner(routes.referrer(), cookies);
    }

    /// The campaign that a host name alone leads to: the only one in use that has it.
    public Optional<String> home(String host) {
        return roads.home(door.ledger().catalog(), host);
    }

    /// The campaign that a link of another tracker leads to. A path that only looks like such a
    /// link leads to a campaign that is not there, and so to the fallback URL, once there are any.
    public Optional<String> oldLink(Target target) {
        var catalog = door.ledger().catalog();
        if (!catalog.hasOldLinks()) {
            return Optional.empty();
        }
        return OldLink.of(target.path(), target.query())
                .flatMap(catalog::campaign)
                .map(Campaign::key)
                .or(() ->
                        OldLink.isLikely(target.path())
                                ? Optional.of(target.path())
                                : Optional.empty());
    }

    /// The click that a request would have been that a proxy could not hand on; empty when there is
    /// no campaign to take it. Its id is made of the record's: the same request has the same.
    public Optional<Visit.Click> missed(Missed missed, Target target, String campaign) {
        var catalog = door.ledger().catalog();
        var found = roads.road(catalog, campaign);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var road = found.get();
        var request = request(missed, target, campaign);
        door.visitors().read(request.headers().first("User-Agent"));
        var passing = Passing.of(request, road, signs(request), missed.at());
        var chance = new SplittableRandom(missed.id().low());
        return road.router()
                .choose(passing.visitor(), Openness.ALL, Optional.empty(), chance)
                .map(choice -> {
                    var number = road.campaign().number();
                    var id = door.mint().again(missed.at(), number, missed.id().low());
                    return click(catalog, seen(passing), choice, Manner.PLAIN, id, missed.id());
                });
    }

    /// Whoever connected then is not known any more.
    private static Request request(Missed missed, Target target, String campaign) {
        return new Request(
                "GET",
                target,
                campaign,
                new HeaderLines(missed.headers()),
                Address.NONE,
                Address.parse(missed.address()).orElse(Address.NONE));
    }

    private static Visit elsewhere(Optional<String> url) {
        return url.<Visit>map(Visit.Elsewhere::new).orElseGet(Visit.Nowhere::new);
    }

    private Visit.Click click(
            Catalog catalog,
            Passing passing,
            Choice choice,
            Manner manner,
            ClickId id,
            RecordId record) {
        var campaign = passing.road().campaign();
        var personal = personal(passing.request(), record);
        return new Visit.Click(
                event(catalog, passing, choice, personal, id),
                personal,
                status(campaign),
                url(passing, choice, id.text()),
                manner,
                () -> {
                    var unrecorded =
                            door.mint().issue(door.clock().millis(), campaign.number(), true);
                    return url(passing, choice, unrecorded.text());
                });
    }

    private static ClickRecorded event(
            Catalog catalog, Passing passing, Choice choice, PersonalBlock personal, ClickId id) {
        var campaign = passing.road().campaign();
        var fields = passing.fields();
        var signs = passing.signs();
        var currency = campaign.currency() == null ? catalog.reportCurrency() : campaign.currency();
        long cost = costMicros(campaign, fields.cost());
        return new ClickRecorded(
                personal.recordId(),
                id.millis(),
                catalog.version(),
                Subject.click(id),
                campaign.key(),
                campaign.sourceKey().orElse(""),
                choice.offer().key(),
                fields.externalId(),
                fields.creative(),
                cost,
                cost < 0 ? "" : currency,
                cost < 0
                        ? -1
                        : catalog.inReportCurrency(new Money(cost, currency), id.millis())
                                .map(Money::micros)
                                .orElse(-1L),
                fields.subs(),
                traits(signs, choice),
                passing.unique(),
                signs.bot(),
                signs.prefetch(),
                PersonalCodec.hash(personal));
    }

    private static Map<String, String> traits(VisitorSigns signs, Choice choice) {
        var chosen = choice.traits();
        if (chosen.isEmpty()) {
            return signs.traits();
        }
        var traits = new TreeMap<>(signs.traits());
        traits.putAll(chosen);
        return traits;
    }

    /// The cost of one click in millionths, or -1. The source's own figure wins over the campaign's
    /// and is read in the unit of the cost model. Where conversions are paid for a click costs
    /// nothing; what a day costs is not known before its end.
    static long costMicros(Campaign campaign, String told) {
        var fixed = campaign.costMicros();
        long amount =
                Amount.parse(told) instanceof Amount.Value(var micros)
                        ? micros
                        : fixed == null ? -1 : fixed;
        if (amount < 0) {
            return -1;
        }
        return switch (campaign.costModel()) {
            case CPC -> amount;
            case CPM ->
                    BigDecimal.valueOf(amount)
                            .divide(BigDecimal.valueOf(PER_MILLE), 0, RoundingMode.HALF_UP)
                            .longValueExact();
            case CPA, REVSHARE -> fixed == null ? -1 : 0;
            case NONE, DAILY -> -1;
        };
    }

    private PersonalBlock personal(Request request, RecordId record) {
        var headers = new ArrayList<String>();
        request.headers()
                .forEach((name, value) -> {
                    if (headers.size() < HEADERS_MAX
                            && HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                        headers.add(name + ": " + ClickFields.cut(value, HEADER_CHARS_MAX));
                    }
                });
        return new PersonalBlock(
                record,
                salts.next(),
                request.visitor().toString(),
                agent(request),
                request.method(),
                ClickFields.cut(request.target().raw(), targetCharsMax),
                headers,
                new byte[0],
                request.userData());
    }

    private static String agent(Request request) {
        return ClickFields.cut(request.headers().first("User-Agent"), HEADER_CHARS_MAX);
    }

    /// 302, 303 or 307: anything else would be kept by browsers or would not redirect.
    private static int status(Campaign campaign) {
        return switch (campaign.redirectStatus()) {
            case 303 -> 303;
            case 307 -> 307;
            default -> 302;
        };
    }

    private static String url(Passing passing, Choice choice, String clickId) {
        var campaign = passing.road().campaign();
        var passed = campaign.passParameters() ? passing.fields().unknown() : List.<Param>of();
        return passing.road()
                .link(choice)
                .url(values(campaign, choice, passing.fields()), clickId, passed);
    }

    private static Function<String, String> values(
            Campaign campaign, Choice choice, ClickFields fields) {
        return name ->
                switch (name) {
                    case "externalid" -> fields.externalId();
                    case "campaign" -> campaign.key();
                    case "source" -> campaign.sourceKey().orElse("");
                    case "offer" -> choice.offer().key();
                    case "creative" -> fields.creative();
                    case "cost" -> cost(campaign, fields);
                    default -> fields.subs().getOrDefault(name, "");
                };
    }

    private static String cost(Campaign campaign, ClickFields fields) {
        long micros = costMicros(campaign, fields.cost());
        return micros < 0 ? "" : Money.plain(micros);
    }
}
