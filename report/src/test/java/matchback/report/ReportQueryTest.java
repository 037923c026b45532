package matchback.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import matchback.report.ReportQuery.Clock;
import matchback.report.ReportQuery.Parsed;
import matchback.report.ReportQuery.Sort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportQueryTest {
    private static ReportQuery valid(Map<String, String> parameters) {
        return switch (ReportQuery.parse(parameters)) {
            case Parsed.Valid(var query) -> query;
            case Parsed.Invalid(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    private static List<Problem> problems(Map<String, String> parameters) {
        return switch (ReportQuery.parse(parameters)) {
            case Parsed.Valid(var query) -> throw new AssertionError(query.toString());
            case Parsed.Invalid(var problems) -> problems;
        };
    }

    @Test
    void every_parameter_is_read() {
        var query =
                valid(
                        Map.of(
                                "group", "campaign, event ,day",
                                "metrics", "clicks,CR,clicks",
                                "from", "2026-10-01",
                                "to", "2026-10-08T12:00",
                                "tz", "Asia/Kathmandu",
                                "sort", "-cr",
                                "limit", "20",
                                "clock", "click",
                                "include_bots", "true",
                                "country", "NP"));

        assertThat(query)
                .isEqualTo(
                        new ReportQuery(
                                List.of(Dimension.CAMPAIGN, Dimension.EVENT_TYPE, Dimension.DAY),
                                List.of(Metric.CLICKS, Metric.CR),
                                Instant.parse("2026-09-30T18:15:00Z"),
                                Instant.parse("2026-10-08T06:15:00Z"),
                                ZoneId.of("Asia/Kathmandu"),
                                Map.of(Dimension.COUNTRY, "NP"),
                                new Sort.ByMetric(Metric.CR, true),
                                20,
                                Clock.CLICK,
                                true));
    }

    @Test
    void nothing_asked_for_is_the_totals_of_the_last_seven_days() {
        var query = valid(Map.of());
        var period = query.period(InstantSource.fixed(Instant.parse("2026-10-08T00:00:00Z")));

        assertThat(query.group()).isEmpty();
        assertThat(query.metrics()).isEqualTo(Metric.DEFAULT);
        assertThat(period.from()).isEqualTo("2026-10-02T00:00:00Z");
        assertThat(period.to()).isEqualTo("2026-10-09T00:00:00Z");
    }

    @Test
    void empty_parameters_count_as_left_out() {
        assertThat(valid(Map.of("country", "", "from", " ", "nonsense", "", "sort", "")))
                .isEqualTo(valid(Map.of()));
    }

    @Test
    void all_that_is_wrong_is_said_at_once_by_parameter() {
        var problems =
                problems(
                        Map.of(
                                "group", "campain,country",
                                "metrics", "clicks,revenu",
                                "from", "yesterday",
                                "tz", "Asia/Katmandoo",
                                "sort", "-profits",
                                "limit", "0",
                                "clock", "moon",
                                "include_bots", "perhaps",
                                "contry", "DE",
                                "day", "monday"));

        assertThat(problems.stream().map(Problem::parameter))
                .containsExactlyInAnyOrder(
                        "group",
                        "metrics",
                        "from",
                        "tz",
                        "sort",
                        "limit",
                        "clock",
                        "include_bots",
                        "contry",
                        "day");
        assertThat(problems.stream().map(Problem::message))
                .contains(
                        "no dimension 'campain'; nearest is 'campaign'",
                        "no metric 'revenu'; nearest is 'revenue'",
                        "no parameter 'contry'; nearest is 'country'",
                        "no time zone 'Asia/Katmandoo'; nearest is 'Asia/Katmandu'",
                        "'monday'; expected one like '2026-11-01'");
    }

    @Test
    void more_than_three_dimensions_or_one_twice_are_too_many() {
        assertThat(problems(Map.of("group", "campaign,os,device,day")))
                .containsExactly(new Problem("group", "4 dimensions; at most 3"));
        assertThat(problems(Map.of("group", "day,day")))
                .containsExactly(new Problem("group", "'day' twice"));
    }

    @Test
    void an_end_before_the_beginning_is_a_problem() {
        assertThat(problems(Map.of("from", "2026-10-02", "to", "2026-10-02")))
                .extracting(Problem::parameter)
                .containsExactly("to");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29,             2026-03-28T23:00:00Z",
        "2026-03-30,             2026-03-29T22:00:00Z",
        "2026-03-29T12:00,       2026-03-29T10:00:00Z",
        "2026-03-29T12:00:00Z,   2026-03-29T12:00:00Z",
        "2026-03-29T12:00+05:45, 2026-03-29T06:15:00Z",
        "2026-03-29T12:00 05:45, 2026-03-29T06:15:00Z",
        "2026-03-29T12:00-04:00, 2026-03-29T16:00:00Z"
    })
    void a_time_is_read_in_its_own_offset_or_in_the_zone(String text, Instant expected) {
        assertThat(valid(Map.of("from", text, "tz", "Europe/Berlin")).from()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-30",
        "1970-12-31",
        "+999999999-01-01",
        "2026-10-01T25:00",
        "1790000000",
        "2200-01-02"
    })
    void what_is_no_time_of_ours_is_a_problem(String text) {
        assertThat(problems(Map.of("from", text)))
                .extracting(Problem::parameter)
                .containsExactly("from");
    }

    @Test
    void an_open_end_is_filled_in() {
        var now = InstantSource.fixed(Instant.parse("2026-10-08T10:00:00Z"));

        assertThat(valid(Map.of("from", "2026-10-01")).period(now).to())
                .isEqualTo("2026-10-09T00:00:00Z");
        assertThat(valid(Map.of("from", "2027-01-01")).period(now).to())
                .isEqualTo("2027-01-08T00:00:00Z");
        assertThat(valid(Map.of("to", "2026-10-01")).period(now).from())
                .isEqualTo("2026-09-24T00:00:00Z");
    }

    @Test
    void words_of_dimensions_and_metrics_never_reach_sql_as_they_are() {
        for (var evil : List.of("campaign; DROP TABLE facts", "1) --", "sum(cost)", "facts.*")) {
            assertThat(problems(Map.of("group", evil))).isNotEmpty();
            assertThat(problems(Map.of("metrics", evil))).isNotEmpty();
            assertThat(problems(Map.of("sort", evil))).isNotEmpty();
            assertThat(problems(Map.of(evil, "1"))).isNotEmpty();
        }
    }

    @Test
    void a_label_of_every_part_of_the_time_reads_back_as_its_key() {
        for (var part : TimePart.values()) {
            var keys = new ArrayList<Long>();
            part.key(part.example()).ifPresent(keys::add);

            assertThat(keys).as("%s", part).hasSize(1);
            assertThat(part.label(keys.getFirst())).isEqualTo(part.example());
        }
        assertThat(TimePart.WEEK.key("2026-W54")).isEmpty();
        assertThat(TimePart.HOUR.key("2026-11-01T01:00")).isEmpty();
    }
}
