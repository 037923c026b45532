package matchback.report;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import matchback.ledger.Ledger;
import matchback.model.Money;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Campaign.CostModel;
import matchback.model.catalog.Catalog;

/// [DailyCosts] by what the campaigns said at the time, read from the catalog's changes.
///
/// A day costs the most that the campaign said at any time of it, by the day's rate; a day through
/// which it was paused, archived or paid in another way costs nothing, and so does one that has not
/// begun. Safe for use by many threads.
public final class CatalogDailyCosts implements DailyCosts {
    private static final int CHANGES_AT_ONCE = 1_000;

    private final Ledger ledger;
    private final ZoneId zone;
    private final InstantSource clock;

    /// Guards the fields below.
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, NavigableMap<Long, Optional<Money>>> settings = new LinkedHashMap<>();
    private long version;

    /// @param zone of the days
    public CatalogDailyCosts(Ledger ledger, ZoneId zone, InstantSource clock) {
        this.ledger = ledger;
        this.zone = zone;
        this.clock = clock;
    }

    @Override
    public List<Day> within(Period period) {
        var catalog = ledger.catalog();
        lock.lock();
        try {
            readOn(catalog);
            var days = new ArrayList<Day>();
            settings.forEach((campaign, said) -> add(days, campaign, said, period, catalog));
            return days;
        } finally {
            lock.unlock();
        }
    }

    private void readOn(Catalog catalog) {
        if (version == catalog.version()) {
            return;
        }
        try (var snapshot = ledger.snapshot()) {
            var changes = snapshot.catalogChanges(version, CHANGES_AT_ONCE);
            while (!changes.isEmpty()) {
                for (var change : changes) {
                    version++;
                    if (change.entity() instanceof Campaign campaign) {
                        note(campaign, change.at(), catalog.reportCurrency());
                    }
                }
                changes = snapshot.catalogChanges(version, CHANGES_AT_ONCE);
            }
        }
    }

    private void note(Campaign campaign, long at, String reportCurrency) {
        var cost = campaign.costMicros();
        var currency = campaign.currency() == null ? reportCurrency : campaign.currency();
        var perDay =
                campaign.costModel() == CostModel.DAILY
                                && cost != null
                                && !campaign.paused()
                                && !campaign.archived()
                        ? Optional.of(new Money(cost, currency))
                        : Optional.<Money>empty();
        if (perDay.isPresent() || settings.containsKey(campaign.key())) {
            settings.computeIfAbsent(campaign.key(), _ -> new TreeMap<>()).put(at, perDay);
        }
    }

    private void add(
            List<Day> days,
            String campaign,
            NavigableMap<Long, Optional<Money>> said,
            Period period,
            Catalog catalog) {
        var first = Instant.ofEpochMilli(said.firstKey());
        var start = period.from().isAfter(first) ? period.from() : first;
        var now = clock.instant();
        var end = period.to().isAfter(now) ? now : period.to();
        for (var day = LocalDate.ofInstant(start, zone);
                day.atStartOfDay(zone).toInstant().isBefore(end);
                day = day.plusDays(1)) {
            var from = day.atStartOfDay(zone).toInstant();
            var to = day.plusDays(1).atStartOfDay(zone).toInstant();
            most(said, from, to, catalog)
                    .ifPresent(micros -> days.add(new Day(campaign, from, to, micros)));
        }
    }

    private static OptionalLong most(
            NavigableMap<Long, Optional<Money>> said, Instant from, Instant to, Catalog catalog) {
        var before = said.floorKey(from.toEpochMilli());
        var inForce =
                said.subMap(
                        before == null ? from.toEpochMilli() : before,
                        true,
                        to.toEpochMilli(),
                        false);
        return inForce.values().stream()
                .flatMap(Optional::stream)
                .flatMap(money -> catalog.inReportCurrency(money, from.toEpochMilli()).stream())
                .mapToLong(Money::micros)
                .max();
    }
}
