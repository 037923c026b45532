package matchback.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import matchback.ledger.Column;
import matchback.ledger.Fact.Kind;
import matchback.model.RecordId;
import matchback.report.ListQuery.Cursor;
import matchback.report.ListQuery.LastAnswer;
import matchback.report.ListQuery.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListQueryTest {
    private static ListQuery valid(Map<String, String> parameters) {
        return switch (ListQuery.parse(Kind.CONVERSION, parameters)) {
            case Parsed.Valid(var query) -> query;
            case Parsed.Invalid(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    private static List<String> problems(Map<String, String> parameters) {
        return switch (ListQuery.parse(Kind.CONVERSION, parameters)) {
            case Parsed.Valid(var query) -> throw new AssertionError(query.toString());
            case Parsed.Invalid(var problems) -> problems.stream().map(Problem::parameter).toList();
        };
    }

    @Test
    void the_newest_fifty_are_the_default() {
        assertThat(valid(Map.of())).isEqualTo(ListQuery.newest(Kind.CONVERSION, 50));
    }

    @Test
    void columns_are_filters_under_their_words_and_the_fields_spellings() {
        var query =
                valid(
                        Map.of(
                                "clickid",
                                "abcdefgh01234567abcdefgh01234567z".substring(1),
                                "event",
                                "sale",
                                "status",
                                "pending"));

        assertThat(query.filters())
                .containsEntry(Column.EVENT_TYPE, "sale")
                .containsEntry(Column.STATUS, "pending")
                .containsEntry(Column.CLICK_ID, "BCDEFGH01234567ABCDEFGH01234567Z");
    }

    @Test
    void all_that_is_wrong_is_named() {
        assertThat(
                        problems(
                                Map.of(
                                        "limit", "501",
                                        "sort", "payout",
                                        "cursor", "zzz",
                                        "record_id", "12",
                                        "stattus", "pending",
                                        "revenue", "1")))
                .containsExactlyInAnyOrder(
                        "limit", "sort", "cursor", "record_id", "stattus", "revenue");
    }

    @Test
    void only_deliveries_have_a_last_answer() {
        var parameters = Map.of("httpStatus", "400", "note", "expired");

        assertThat(ListQuery.parse(Kind.DELIVERY, parameters))
                .isInstanceOfSatisfying(
                        Parsed.Valid.class,
                        valid ->
                                assertThat(valid.query().answer())
                                        .isEqualTo(new LastAnswer(400, "expired")));
        assertThat(problems(parameters)).containsExactly("httpStatus");
        assertThat(problems(Map.of("note", "expired"))).containsExactly("note");
    }

    @Test
    void a_cursor_reads_back_and_belongs_to_its_sort() {
        var cursor =
                new Cursor("-revenue", new BigDecimal("-12.500000"), 5, new RecordId(-1, 7), 3);
        var parameters = new HashMap<>(Map.of("sort", "-revenue", "cursor", cursor.text()));

        assertThat(valid(parameters).after()).isEqualTo(cursor);

        parameters.put("sort", "revenue");
        assertThat(problems(parameters)).containsExactly("cursor");
    }

    @Test
    void a_cursor_with_an_absurd_value_is_none() {
        var value = new BigDecimal("9".repeat(30));
        var absurd = new Cursor("-revenue", value, 5, new RecordId(1, 7), 3);

        assertThat(Cursor.parse(absurd.text())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "!", "AAAA", "LWF0fjF-Mn4zfjQ", "LWF0fjFlOTk5OTk5OTl-Mn4zfjQ", "%00"})
    void what_is_no_cursor_is_none(String text) {
        assertThat(Cursor.parse(text)).isEmpty();
    }
}
