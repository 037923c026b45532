package matchback.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import matchback.ledger.catalog.CatalogChange;
import matchback.ledger.kit.KitRules;
import matchback.ledger.memory.MemoryLedger;
import matchback.ledger.memory.MemoryTables;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Campaign.CostModel;
import matchback.model.catalog.Entity;
import matchback.model.catalog.ExchangeRate;
import matchback.report.DailyCosts.Day;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What campaigns cost by the day, as the changes of the catalog say.
final class DailyCostsTest {
    private static final ZoneId KATHMANDU = ZoneId.of("Asia/Kathmandu");
    private static final Duration DAY = Duration.ofDays(1);

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final MemoryLedger ledger = new MemoryLedger(new MemoryTables(), new KitRules(), "USD");
    private final CatalogDailyCosts costs = new CatalogDailyCosts(ledger, KATHMANDU, now::get);

    private void campaign(CostModel model, @Nullable Long micros, String currency, boolean paused) {
        set(
                new Campaign(
                        "campaign",
                        1,
                        "Campaign",
                        null,
                        List.of(),
                        model,
                        micros,
                        currency,
                        null,
                        paused,
                        false,
                        302,
                        false));
    }

    private void set(Entity entity) {
        ledger.change(new CatalogChange(now.get().toEpochMilli(), "test", entity))
                .toCompletableFuture()
                .join();
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private List<Day> within(Instant from, Instant to) {
        return costs.within(new Period(from, to));
    }

    @Test
    void a_day_costs_the_most_that_was_said_on_it_and_nothing_while_paused() {
        // It is the first of March, 17:45 in Kathmandu.
        assertThat(within(START.minus(DAY), START.plus(DAY))).isEmpty();
        campaign(CostModel.DAILY, 50_000_000L, "USD", false);
        pass(DAY);
        campaign(CostModel.DAILY, 40_000_000L, "USD", false);
        pass(DAY);
        campaign(CostModel.DAILY, 40_000_000L, "USD", true);
        pass(DAY.multipliedBy(2));
        campaign(CostModel.CPC, 10_000L, "USD", false);

        var days = within(START.minus(DAY), START.plus(DAY.multipliedBy(30)));

        assertThat(days.stream().map(day -> day.from().atZone(KATHMANDU).toLocalDate().toString()))
                .containsExactly("2026-03-01", "2026-03-02", "2026-03-03");
        assertThat(days.stream().map(Day::micros))
                .containsExactly(50_000_000L, 50_000_000L, 40_000_000L);
        assertThat(days.getFirst().to()).isEqualTo(Instant.parse("2026-03-01T18:15:00Z"));
        assertThat(within(START.plus(DAY), START.plus(DAY).plusMillis(1)))
                .containsExactly(days.get(1));
    }

    @Test
    void a_day_that_has_not_begun_costs_nothing_yet_and_one_without_a_rate_is_not_known() {
        campaign(CostModel.DAILY, 50_000_000L, "EUR", false);

        assertThat(within(START, START.plus(DAY.multipliedBy(3)))).isEmpty();
        set(new ExchangeRate("EUR", new BigDecimal("1.1"), false));
        assertThat(within(START, START.plus(DAY.multipliedBy(3))).stream().map(Day::micros))
                .containsExactly(55_000_000L);
    }
}
