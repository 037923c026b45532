package matchback.ingest;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import matchback.ledger.Ledger;
import matchback.ledger.state.SubjectState;
import matchback.model.CapDay;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Offer;
import matchback.model.catalog.RoutePath;
import matchback.model.routing.Choice;
import matchback.model.routing.Openness;

/// Which offers and paths still take clicks today. Safe for use by many threads.
///
/// Clicks are counted here as they are sent; what came before is asked of the reports once.
/// Conversions are counted by the rules, exactly; [#refresh] looks where they stand. So with a
/// refresh each second a cap lets at most one second's clicks too many pass. A day is one of the
/// installation's zone.
public final class DayCaps implements Openness {
    private final Ledger ledger;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Earlier earlier;
    private volatile Day today;
    private volatile Full full;

    /// Clicks that this process did not count.
    @FunctionalInterface
    public interface Earlier {
        /// How many clicks were sent along from one time to another; empty when that is not known
        /// yet.
        OptionalLong clicks(Capped what, Instant from, Instant to);
    }

    /// What has a cap: an offer, or a path of a campaign. The other texts are empty.
    public record Capped(String offer, String campaign, String path) {
        static Capped offer(String offer) {
            return new Capped(offer, "", "");
        }

        static Capped path(String campaign, String path) {
            return new Capped("", campaign, path);
        }
    }

    private record Day(LocalDate date, long from, long to, ConcurrentMap<Capped, Count> counts) {}

    /// @param offers whose conversions of the day are all counted
    private record Full(LocalDate date, Set<String> offers) {}

    /// Clicks since a time, and those of the day before it once they are known.
    private static final class Count {
        private final long since;
        private final LongAdder clicks = new LongAdder();
        private volatile long before = -1;

        Count(long since) {
            this.since = since;
        }

        long sum() {
            return clicks.sum() + Math.max(before, 0);
        }
    }

    /// @param zone of the days
    public DayCaps(Ledger ledger, InstantSource clock, ZoneId zone, Earlier earlier) {
        this.ledger = ledger;
        this.clock = clock;
        this.zone = zone;
        this.earlier = earlier;
        this.today = day(clock.millis());
        this.full = new Full(today.date(), Set.of());
    }

    /// Caps that begin to count now, in days of UTC.
    public static DayCaps fromNow(Ledger ledger, InstantSource clock) {
        return new DayCaps(ledger, clock, ZoneOffset.UTC, (_, _, _) -> OptionalLong.of(0));
    }

    private Day day(long millis) {
        var date = LocalDate.ofInstant(Instant.ofEpochMilli(millis), zone);
        return new Day(
                date,
                date.atStartOfDay(zone).toInstant().toEpochMilli(),
                date.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli(),
                new ConcurrentHashMap<>());
    }

    private Day today() {
        long now = clock.millis();
        var day = today;
        if (now < day.from() || now >= day.to()) {
            day = day(now);
            today = day;
        }
        return day;
    }

    @Override
    public boolean isOpen(String offer) {
        var found = ledger.catalog().offer(offer);
        if (found.isEmpty()) {
            return true;
        }
        var most = found.get().dailyClicks();
        return isBelow(most, Capped.offer(offer))
                && (found.get().dailyCap().isEmpty() || !isFull(offer));
    }

    private boolean isFull(String offer) {
        var known = full;
        return known.offers().contains(offer) && known.date().equals(today().date());
    }

    @Override
    public boolean isOpen(String campaign, String path) {
        var most =
                ledger.catalog()
                        .campaign(campaign)
                        .flatMap(found -> found.routes().path(path))
                        .map(RoutePath::dailyClicks)
                        .orElse(OptionalInt.empty());
        return isBelow(most, Capped.path(campaign, path));
    }

    private boolean isBelow(OptionalInt most, Capped what) {
        return most.isEmpty() || count(today(), what).sum() < most.getAsInt();
    }

    /// Counts a visitor who is sent along.
    void clicked(Campaign campaign, Choice choice) {
        var offer = choice.offer();
        if (offer.dailyClicks().isPresent()) {
            count(today(), Capped.offer(offer.key())).clicks.increment();
        }
        if (campaign.routes().path(choice.path()).filter(DayCaps::isCapped).isPresent()) {
            count(today(), Capped.path(campaign.key(), choice.path())).clicks.increment();
        }
    }

    private static boolean isCapped(RoutePath path) {
        return path.dailyClicks().isPresent();
    }

    private Count count(Day day, Capped what) {
        var count = day.counts().get(what);
        return count != null
                ? count
                : day.counts().computeIfAbsent(what, _ -> new Count(clock.millis()));
    }

    /// Looks where the caps stand. Reads from the disk: not for an event loop.
    public void refresh() {
        var catalog = ledger.catalog();
        var day = today();
        for (var offer : catalog.all(Offer.class).values()) {
            if (!offer.archived() && offer.dailyClicks().isPresent()) {
                remember(day, Capped.offer(offer.key()));
            }
        }
        for (var campaign : catalog.all(Campaign.class).values()) {
            if (!campaign.archived()) {
                campaign.routes().paths().stream()
                        .filter(DayCaps::isCapped)
                        .forEach(path -> remember(day, Capped.path(campaign.key(), path.name())));
            }
        }
        full = new Full(day.date(), full(catalog, day.date()));
    }

    private void remember(Day day, Capped what) {
        var count = count(day, what);
        if (count.since <= day.from()) {
            count.before = 0;
        }
        if (count.before < 0) {
            earlier.clicks(
                            what,
                            Instant.ofEpochMilli(day.from()),
                            Instant.ofEpochMilli(count.since))
                    .ifPresent(clicks -> count.before = clicks);
        }
    }

    private Set<String> full(Catalog catalog, LocalDate date) {
        var offers = new HashSet<String>();
        var capped =
                catalog.all(Offer.class).values().stream()
                        .filter(offer -> !offer.archived() && offer.dailyCap().isPresent())
                        .toList();
        if (capped.isEmpty()) {
            return offers;
        }
        try (var snapshot = ledger.snapshot()) {
            for (var offer : capped) {
                var cap = offer.dailyCap().orElseThrow();
                var subject = new CapDay(offer.key(), date, cap.eventType()).subject();
                if (new SubjectState(snapshot.state(subject), subject).places().taken()
                        >= cap.perDay()) {
                    offers.add(offer.key());
                }
            }
        }
        return offers;
    }
}
