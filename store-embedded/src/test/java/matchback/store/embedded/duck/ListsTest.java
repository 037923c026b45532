package matchback.store.embedded.duck;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import matchback.ledger.Column;
import matchback.ledger.Fact;
import matchback.ledger.Fact.Kind;
import matchback.model.RecordId;
import matchback.report.Item.ConversionItem;
import matchback.report.Item.DeliveryItem;
import matchback.report.Item.PostbackItem;
import matchback.report.ListQuery;
import matchback.report.Metric;
import matchback.report.Page;
import matchback.report.Positions;
import matchback.report.Reports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListsTest {
    private static final Instant FROM = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-10-04T12:00:00Z");

    /// More items than any list here has: a list without end fails.
    private static final int ENOUGH = 10_000;

    @TempDir Path folder;

    private DuckFacts store;
    private Reports reports;

    @BeforeEach
    void open() {
        store = DuckFacts.open(folder, DuckConfig.DEFAULT);
        reports = new Reports(store, "USD", InstantSource.fixed(TO));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private List<Fact> sample(long seed, int number) {
        var facts = new SampleFacts(seed, FROM, TO).facts(number);
        store.append(facts, Positions.NONE);
        return facts;
    }

    private static ListQuery query(Kind kind, Map<String, String> parameters) {
        return switch (ListQuery.parse(kind, parameters)) {
            case ListQuery.Parsed.Valid(var query) -> query;
            case ListQuery.Parsed.Invalid(var problems) ->
                    throw new AssertionError(problems.toString());
        };
    }

    private static List<String> newestFirst(List<Fact> facts, Kind kind) {
        return facts.stream()
                .filter(fact -> fact.kind() == kind)
                .sorted(
                        Comparator.comparingLong(Fact::at)
                                .thenComparingLong(fact -> fact.recordId().high())
                                .thenComparingLong(fact -> fact.recordId().low())
                                .reversed())
                .map(fact -> fact.recordId().toString())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 50, 500})
    void pages_together_are_the_whole_list(int limit) {
        var facts = sample(1, 600);
        var found = new ArrayList<String>();
        var parameters = new HashMap<>(Map.of("limit", "" + limit));

        Page<PostbackItem> page;
        do {
            page = reports.postbacks(query(Kind.POSTBACK, parameters));
            page.items().forEach(item -> found.add(item.recordId().toString()));
            parameters.put("cursor", String.valueOf(page.next()));
        } while (page.next() != null && found.size() < ENOUGH);

        assertThat(found).isEqualTo(newestFirst(facts, Kind.POSTBACK));
    }

    @Test
    void items_of_one_moment_are_paged_too() {
        var facts = new ArrayList<Fact>();
        for (int i = 0; i < 40; i++) {
            var id = RecordId.of(FROM.toEpochMilli(), i % 3, i);
            facts.add(new Fact.Builder().build(Kind.CLICK, id, 0, 1, FROM.toEpochMilli()));
        }
        store.append(facts, Positions.NONE);
        var found = new ArrayList<String>();
        var parameters = new HashMap<>(Map.of("limit", "3", "sort", "at"));

        while (found.size() < 100) {
            var page = reports.clicks(query(Kind.CLICK, parameters));
            page.items().forEach(item -> found.add(item.recordId().toString()));
            var next = page.next();
            if (next == null) {
                break;
            }
            parameters.put("cursor", next);
        }

        assertThat(found).isEqualTo(newestFirst(facts, Kind.CLICK).reversed());
    }

    @Test
    void what_arrives_between_two_pages_neither_repeats_nor_hides_an_item() {
        var facts = sample(2, 400);
        var expected = newestFirst(facts, Kind.POSTBACK);
        var found = new ArrayList<String>();
        var arrived = new HashSet<String>();
        var parameters = new HashMap<>(Map.of("limit", "5"));

        for (int i = 0; i < ENOUGH; i++) {
            var page = reports.postbacks(query(Kind.POSTBACK, parameters));
            page.items().forEach(item -> found.add(item.recordId().toString()));
            var next = page.next();
            if (next == null) {
                break;
            }
            parameters.put("cursor", next);
            sample(1_000 + i, 10).forEach(fact -> arrived.add(fact.recordId().toString()));
        }

        assertThat(found).doesNotHaveDuplicates();
        assertThat(found.stream().filter(id -> !arrived.contains(id))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"revenue", "-revenue", "-order_value", "at"})
    void a_list_can_be_sorted_otherwise(String sort) {
        var facts = sample(3, 500);
        var found = new ArrayList<ConversionItem>();
        var parameters = new HashMap<>(Map.of("limit", "20", "sort", sort));

        Page<ConversionItem> page;
        do {
            page = reports.conversions(query(Kind.CONVERSION, parameters));
            found.addAll(page.items());
            parameters.put("cursor", String.valueOf(page.next()));
        } while (page.next() != null && found.size() < ENOUGH);

        Comparator<ConversionItem> ascending =
                switch (sort) {
                    case "at" -> Comparator.comparing(ConversionItem::at);
                    case "-order_value" ->
                            Comparator.comparing(item -> {
                                var value = item.value();
                                return value == null ? BigDecimal.ZERO : value;
                            });
                    default -> Comparator.comparing(ConversionItem::revenue);
                };
        assertThat(found)
                .hasSameSizeAs(newestFirst(facts, Kind.CONVERSION))
                .isSortedAccordingTo(sort.startsWith("-") ? ascending.reversed() : ascending)
                .doesNotHaveDuplicates();
    }

    @Test
    void an_item_is_found_by_any_of_its_ids() {
        var id = RecordId.of(FROM.toEpochMilli(), 1, 0xABCDEF);
        var clickId = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        var fact =
                new Fact.Builder()
                        .text(Column.CLICK_ID, clickId)
                        .text(Column.TXID, "Tx-1")
                        .text(Column.EXTERNAL_ID, "fb.1.x")
                        .text(Column.CONVERSION_ID, id.toString())
                        .text(Column.WARNINGS, "payout_defaulted,unsigned_sender")
                        .build(Kind.POSTBACK, id, 0, 1, FROM.toEpochMilli());
        store.append(List.of(fact), Positions.NONE);
        sample(4, 200);

        for (var text :
                List.of(
                        clickId,
                        clickId.toLowerCase(java.util.Locale.ROOT),
                        "Tx-1",
                        "fb.1.x",
                        id.toString())) {
            var page = reports.postbacks(query(Kind.POSTBACK, Map.of("q", text)));

            assertThat(page.items()).as(text).hasSize(1);
            assertThat(page.items().getFirst().recordId()).isEqualTo(id);
        }
        assertThat(reports.postbacks(query(Kind.POSTBACK, Map.of("q", "tx-1"))).items()).isEmpty();
        assertThat(
                        reports.postbacks(query(Kind.POSTBACK, Map.of("txid", "Tx-1")))
                                .items()
                                .getFirst()
                                .warnings())
                .containsExactly("payout_defaulted", "unsigned_sender");
        assertThat(
                        reports.postbacks(query(Kind.POSTBACK, Map.of("record_id", id.toString())))
                                .items())
                .hasSize(1);
    }

    @Test
    void filters_and_periods_narrow_a_list() {
        var facts = sample(5, 800);
        var parameters =
                Map.of(
                        "decision", "held",
                        "country", "-",
                        "from", "2026-10-02",
                        "to", "2026-10-03",
                        "tz", "Asia/Kathmandu",
                        "limit", "500");

        var page = reports.postbacks(query(Kind.POSTBACK, parameters));

        var from = Instant.parse("2026-10-01T18:15:00Z").toEpochMilli();
        var expected =
                facts.stream()
                        .filter(fact -> "held".equals(fact.texts().get(Column.DECISION)))
                        .filter(fact -> !fact.texts().containsKey(Column.COUNTRY))
                        .filter(fact -> fact.at() >= from && fact.at() < from + 86_400_000)
                        .toList();
        assertThat(expected).isNotEmpty();
        assertThat(page.items().stream().map(item -> item.recordId().toString()))
                .isEqualTo(newestFirst(expected, Kind.POSTBACK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"' OR 1=1 --", "'); DROP TABLE facts; --", "\\'", "?"})
    void what_is_searched_for_is_never_sql(String text) {
        var facts = sample(6, 100);

        assertThat(reports.postbacks(query(Kind.POSTBACK, Map.of("q", text))).items()).isEmpty();
        assertThat(reports.postbacks(query(Kind.POSTBACK, Map.of("sender", text))).items())
                .isEmpty();
        assertThat(reports.postbacks(query(Kind.POSTBACK, Map.of("limit", "500"))).items())
                .hasSameSizeAs(newestFirst(facts, Kind.POSTBACK));
    }

    @Test
    void deliveries_are_found_by_their_last_answer() {
        var first = delivery(1, 400, "The token has EXPIRED, 100% of it");
        var second = delivery(2, 400, "no such pixel");
        var third = delivery(3, 0, "");
        store.append(List.of(first, second, third), Positions.NONE);

        assertThat(answered(Map.of("httpStatus", "400"))).containsExactly(2, 1);
        assertThat(answered(Map.of("httpStatus", "0"))).containsExactly(3);
        assertThat(answered(Map.of("note", "expired, 100%"))).containsExactly(1);
        assertThat(answered(Map.of("note", "no%pixel"))).isEmpty();
        assertThat(answered(Map.of("httpStatus", "500"))).isEmpty();
    }

    private static Fact delivery(int number, int httpStatus, String note) {
        var row = new Fact.Builder().number(Column.DELIVERY_NUMBER, number);
        if (httpStatus != 0) {
            row.number(Column.HTTP_STATUS, httpStatus).text(Column.DETAIL, note);
        }
        long at = FROM.toEpochMilli() + number;
        return row.build(Kind.DELIVERY, RecordId.of(at, 0, number), 0, 1, at);
    }

    private List<Integer> answered(Map<String, String> parameters) {
        return reports.deliveries(query(Kind.DELIVERY, parameters)).items().stream()
                .map(DeliveryItem::number)
                .toList();
    }

    @Test
    void an_empty_store_has_empty_lists() {
        assertThat(reports.clicks(ListQuery.newest(Kind.CLICK, 50)))
                .isEqualTo(new Page<>(List.of(), null));
        assertThat(reports.deliveries(ListQuery.newest(Kind.DELIVERY, 50)).items()).isEmpty();
        assertThat(reports.daySums(LocalDate.parse("2026-10-01"), LocalDate.parse("2026-10-02")))
                .isEmpty();
        var overview = reports.overview(ZoneOffset.UTC, 5);
        assertThat(overview.hours()).hasSize(24);
        assertThat(overview.latest()).isEmpty();
        assertThat(overview.troubles()).isEmpty();
        assertThat(overview.today().of(Metric.CLICKS)).contains(BigDecimal.ZERO);
    }

    @Test
    void decisions_of_a_day_add_up_to_what_was_received() {
        var facts = sample(7, 2_000);

        var sums = reports.daySums(LocalDate.parse("2026-10-01"), LocalDate.parse("2026-10-05"));

        assertThat(sums).isNotEmpty().allMatch(sum -> sum.isBalanced());
        for (var sum : sums) {
            var own =
                    facts.stream()
                            .filter(fact -> fact.kind() == Kind.POSTBACK)
                            .filter(f ->
                                    f.texts().getOrDefault(Column.SENDER, "-").equals(sum.sender()))
                            .filter(f ->
                                    LocalDate.ofInstant(
                                                    Instant.ofEpochMilli(f.at()), ZoneOffset.UTC)
                                            .equals(sum.day()))
                            .toList();
            assertThat(sum.received()).isEqualTo(own.size());
            assertThat(sum.held())
                    .isEqualTo(
                            own.stream()
                                    .filter(f -> "held".equals(f.texts().get(Column.DECISION)))
                                    .count());
        }
        assertThat(sums.stream().mapToLong(sum -> sum.received()).sum())
                .isEqualTo(newestFirst(facts, Kind.POSTBACK).size());
    }

    @Test
    void the_overview_counts_today_and_every_hour() {
        var facts = sample(8, 3_000);

        var overview = reports.overview(ZoneOffset.UTC, 5);

        long clicks = 0;
        for (var fact : facts) {
            if (fact.kind() == Kind.CLICK
                    && fact.at() >= Instant.parse("2026-10-03T13:00:00Z").toEpochMilli()
                    && fact.numbers().getOrDefault(Column.IS_BOT, 0L) == 0) {
                clicks++;
            }
        }
        assertThat(
                        overview.hours().stream()
                                .mapToLong(hour ->
                                        hour.values()
                                                .of(Metric.CLICKS)
                                                .orElseThrow()
                                                .longValueExact())
                                .sum())
                .isEqualTo(clicks);
        assertThat(overview.hours().getFirst().start()).isEqualTo("2026-10-03T13:00:00Z");
        assertThat(overview.hours().getLast().start()).isEqualTo("2026-10-04T12:00:00Z");
        assertThat(overview.latest().stream().map(ConversionItem::at))
                .hasSize(5)
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(overview.troubles()).isNotEmpty().hasSizeLessThanOrEqualTo(10);
    }
}
