package matchback.ingest;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import matchback.ledger.Event.ClickRecorded;
import matchback.ledger.PersonalBlock;
import matchback.ledger.PersonalCodec;
import matchback.ledger.intake.Missed;
import matchback.model.Amount;
import matchback.model.ClickId;
import matchback.model.Money;
import matchback.model.Params;
import matchback.model.Params.Param;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.OldLink;

/// The door for clicks: finds the campaign, routes to an offer, and makes the event. Does no input
/// or output; safe for use by many threads.
public final class ClickDoor {
    private static final int PER_MILLE = 1000;
    private static final int HEADER_CHARS_MAX = 1024;

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
    /// @param visitor address behind trusted proxies
    public record Request(
            String method,
            Target target,
            String campaign,
            RequestHeaders headers,
            Address visitor) {}

    /// What is to be done for a visitor.
    public sealed interface Visit {
        /// Record the event, then redirect.
        ///
        /// @param unrecorded makes the URL for a visitor whose click could not be recorded
        record Click(
                ClickRecorded event,
                PersonalBlock personal,
                int status,
                String url,
                Supplier<String> unrecorded)
                implements Visit {}

        /// Redirect and record nothing: someone only looks where the link leads.
        record Look(int status, String url) implements Visit {}

        /// Redirect to a fallback URL and record nothing.
        record Elsewhere(String url) implements Visit {}

        /// There is nowhere to go.
        record Nowhere() implements Visit {}
    }

    private final Doorway door;
    private final Roads roads;
    private final Salts salts;
    private final SeenVisitors seen;
    private final int targetCharsMax;

    public ClickDoor(Doorway door, IngestConfig config) {
        this.door = door;
        this.roads = new Roads(door.ledger().catalog(), config.fallback());
        this.salts = new Salts(door.random());
        this.seen = new SeenVisitors(door.random().nextLong());
        this.targetCharsMax = config.limits().urlCharsMax();
    }

    public Visit visit(Request request) {
        var catalog = door.ledger().catalog();
        var road = roads.road(catalog, request.campaign());
        if (road.isEmpty()) {
            return elsewhere(roads.fallbackUrl());
        }
        var way = road.get().choose(door.random());
        if (way.isEmpty()) {
            return elsewhere(road.get().fallbackUrl());
        }
        var fields = road.get().reader().read(params(request.target()));
        if (request.method().equals("HEAD")) {
            var url = url(road.get(), way.get(), fields, "");
            return new Visit.Look(status(road.get().campaign()), url);
        }
        var id = door.mint().issue(door.clock().millis(), road.get().campaign().number(), false);
        return click(catalog, request, road.get(), way.get(), fields, id, door.recordIds().next());
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
        var way = road.choose(new SplittableRandom(missed.id().low()));
        if (way.isEmpty()) {
            return Optional.empty();
        }
        var request =
                new Request(
                        "GET",
                        target,
                        campaign,
                        new HeaderLines(missed.headers()),
                        Address.parse(missed.address()).orElse(Address.NONE));
        var fields = road.reader().read(params(target));
        var number = road.campaign().number();
        var id = door.mint().again(missed.at(), number, missed.id().low());
        return Optional.of(click(catalog, request, road, way.get(), fields, id, missed.id()));
    }

    private static Params params(Target target) {
        return OldLink.withoutKey(target.path(), Params.ofQuery(target.query()));
    }

    private static Visit elsewhere(Optional<String> url) {
        return url.<Visit>map(Visit.Elsewhere::new).orElseGet(Visit.Nowhere::new);
    }

    private Visit.Click click(
            Catalog catalog,
            Request request,
            Road road,
            Road.Way way,
            ClickFields fields,
            ClickId id,
            RecordId record) {
        var campaign = road.campaign();
        var url = url(road, way, fields, id.text());
        var personal = personal(request, record);
        var event = event(catalog, campaign, way, fields, request, personal, id);
        return new Visit.Click(
                event,
                personal,
                status(campaign),
                url,
                () -> {
                    var unrecorded =
                            door.mint().issue(door.clock().millis(), campaign.number(), true);
                    return url(road, way, fields, unrecorded.text());
                });
    }

    private ClickRecorded event(
            Catalog catalog,
            Campaign campaign,
            Road.Way way,
            ClickFields fields,
            Request request,
            PersonalBlock personal,
            ClickId id) {
        var signs = VisitorSigns.of(request.headers());
        var currency = campaign.currency() == null ? catalog.reportCurrency() : campaign.currency();
        long cost = costMicros(campaign, fields.cost());
        return new ClickRecorded(
                personal.recordId(),
                id.millis(),
                catalog.version(),
                Subject.click(id),
                campaign.key(),
                campaign.sourceKey().orElse(""),
                way.offer().key(),
                fields.externalId(),
                fields.creative(),
                cost,
                cost < 0 ? "" : currency,
                cost < 0
                        ? -1
                        : catalog.inReportCurrency(new Money(cost, currency))
                                .map(Money::micros)
                                .orElse(-1L),
                fields.subs(),
                signs.traits(),
                seen.isFirst(campaign.key(), personal.address(), personal.userAgent(), id.millis()),
                signs.bot(),
                signs.prefetch(),
                PersonalCodec.hash(personal));
    }

    /// The cost of one click in millionths, or -1. The source's own figure wins over the campaign's
    /// and is read in the unit of the cost model.
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
            case NONE, CPA, REVSHARE, DAILY -> -1;
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
                ClickFields.cut(request.headers().first("User-Agent"), HEADER_CHARS_MAX),
                request.method(),
                ClickFields.cut(request.target().raw(), targetCharsMax),
                headers,
                new byte[0]);
    }

    /// 302, 303 or 307: anything else would be kept by browsers or would not redirect.
    private static int status(Campaign campaign) {
        return switch (campaign.redirectStatus()) {
            case 303 -> 303;
            case 307 -> 307;
            default -> 302;
        };
    }

    private static String url(Road road, Road.Way way, ClickFields fields, String clickId) {
        List<Param> passed = road.campaign().passParameters() ? fields.unknown() : List.<Param>of();
        return way.link().url(values(road.campaign(), way, fields), clickId, passed);
    }

    private static Function<String, String> values(
            Campaign campaign, Road.Way way, ClickFields fields) {
        return name ->
                switch (name) {
                    case "externalid" -> fields.externalId();
                    case "campaign" -> campaign.key();
                    case "source" -> campaign.sourceKey().orElse("");
                    case "offer" -> way.offer().key();
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
