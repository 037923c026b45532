package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import matchback.model.Money;
import matchback.report.Metric;
import matchback.report.Report.Values;
import org.junit.jupiter.api.Test;

final class FormatsTest {
    private static final long NOW = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

    private final Formats formats =
            new Formats(ZoneId.of("Europe/Kyiv"), NOW, Texts.english(), false);

    @Test
    void what_is_missing_is_a_dash_and_never_a_number() {
        var none = new Values(Map.of());

        assertThat(formats.metric(Metric.ROI, none)).isEqualTo("–");
        assertThat(formats.metric(Metric.REVENUE, none)).isEqualTo("–");
        assertThat(formats.percent(1, 0)).isEqualTo("–");
        assertThat(formats.cash(null).text()).isEqualTo("–");
        assertThat(formats.when(0).text()).isEqualTo("–");
    }

    @Test
    void amounts_are_grouped_and_have_two_places_and_their_currency() {
        var cash = formats.cash(new Money(1_234_500_000L, "EUR"));

        assertThat(cash.text()).isEqualTo("1,234.50");
        assertThat(cash.currency()).isEqualTo("EUR");
    }

    @Test
    void the_price_of_a_click_keeps_its_small_places() {
        assertThat(formats.price(new BigDecimal("0.038000"))).isEqualTo("0.038");
        assertThat(formats.price(new BigDecimal("0.5"))).isEqualTo("0.50");
        assertThat(formats.price(new BigDecimal("12.345"))).isEqualTo("12.35");
    }

    @Test
    void ratios_are_percentages_or_money_per_click() {
        var values =
                new Values(
                        Map.of(
                                Metric.CR, new BigDecimal("0.125000"),
                                Metric.EPC, new BigDecimal("0.093500"),
                                Metric.ROI, new BigDecimal("-0.266000")));

        assertThat(formats.metric(Metric.CR, values)).isEqualTo("12.5\u2009%");
        assertThat(formats.metric(Metric.EPC, values)).isEqualTo("0.0935");
        assertThat(formats.metric(Metric.ROI, values)).isEqualTo("−26.6\u2009%");
    }

    @Test
    void a_time_is_shown_in_the_readers_zone_with_its_name_and_age() {
        var today = formats.when(NOW - 180_000);
        var earlier = formats.when(Instant.parse("2026-02-27T23:30:00Z").toEpochMilli());

        assertThat(today.text()).isEqualTo("13:57:00");
        assertThat(today.title()).contains("1 March 2026", "Europe/Kyiv", "3 min ago");
        assertThat(today.iso()).isEqualTo("2026-03-01T11:57:00Z");
        assertThat(earlier.text()).isEqualTo("28 Feb 01:30");
    }
}
