package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Samples;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Campaign.CostModel;
import matchback.report.CatalogDailyCosts;
import matchback.report.DailyCosts.Day;
import matchback.report.Period;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What campaigns cost by the day, as the changes of the catalog say.
final class DailyCostsTest {
    private static final ZoneId KATHMANDU = ZoneId.of("Asia/Kathmandu");
    private static final Duration DAY = Duration.ofDays(1);

    private final Door door = new Door();
    private final CatalogDailyCosts costs =
            new CatalogDailyCosts(door.ledger, KATHMANDU, () -> Instant.ofEpochMilli(door.now()));

    private void campaign(CostModel model, @Nullable Long micros, String currency, boolean paused) {
        var plain = Samples.campaign(1, "src", "offer");
        door.set(
                new Campaign(
                        plain.key(),
                        1,
                        plain.name(),
                        plain.source(),
                        plain.offers(),
                        model,
                        micros,
                        currency,
                        null,
                        paused,
                        false,
                        302,
                        false));
    }

    private List<Day> within(Instant from, Instant to) {
        return costs.within(new Period(from, to));
    }

    @Test
    void a_day_costs_the_most_that_was_said_on_it_and_nothing_while_paused() {
        // It is the first of March, 17:45 in Kathmandu.
        var start = Instant.ofEpochMilli(Door.START);
        assertThat(within(start.minus(DAY), start.plus(DAY))).isEmpty();
        campaign(CostModel.DAILY, 50_000_000L, "USD", false);
        door.pass(DAY);
        campaign(CostModel.DAILY, 40_000_000L, "USD", false);
        door.pass(DAY);
        campaign(CostModel.DAILY, 40_000_000L, "USD", true);
        door.pass(DAY.multipliedBy(2));
        campaign(CostModel.CPC, 10_000L, "USD", false);

        var days = within(start.minus(DAY), start.plus(DAY.multipliedBy(30)));

        assertThat(days.stream().map(day -> day.from().atZone(KATHMANDU).toLocalDate().toString()))
                .containsExactly("2026-03-01", "2026-03-02", "2026-03-03");
        assertThat(days.stream().map(Day::micros))
                .containsExactly(50_000_000L, 50_000_000L, 40_000_000L);
        assertThat(days.getFirst().to()).isEqualTo(Instant.parse("2026-03-01T18:15:00Z"));
        assertThat(within(start.plus(DAY), start.plus(DAY).plusMillis(1)))
                .containsExactly(days.get(1));
    }

    @Test
    void a_day_that_has_not_begun_costs_nothing_yet_and_one_without_a_rate_is_not_known() {
        var start = Instant.ofEpochMilli(Door.START);
        campaign(CostModel.DAILY, 50_000_000L, "EUR", false);

        assertThat(within(start, start.plus(DAY.multipliedBy(3)))).isEmpty();
        door.set(Samples.rate("EUR", "1.1"));
        assertThat(within(start, start.plus(DAY.multipliedBy(3))).stream().map(Day::micros))
                .containsExactly(55_000_000L);
    }
}
