package matchback.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import matchback.ledger.Column;
import matchback.ledger.Fact.Kind;
import matchback.model.RecordId;
import matchback.report.Item.ClickItem;
import matchback.report.Item.ConversionItem;
import matchback.report.Item.CostItem;
import matchback.report.Item.DeliveryItem;
import matchback.report.Item.Doubt;
import matchback.report.Item.PostbackItem;
import matchback.report.ListQuery.Cursor;
import matchback.report.ListQuery.LastAnswer;
import org.jspecify.annotations.Nullable;

/// Lists of facts of one kind, page by page. A page begins where the one before ended, by the
/// values sorted by and the fact's id, so that what arrives meanwhile neither repeats nor hides an
/// item.
final class Lists {
    private static final List<Column> SEARCHED =
            List.of(Column.CLICK_ID, Column.CONVERSION_ID, Column.TXID, Column.EXTERNAL_ID);
    private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

    /// A fact as it was read: every column of a query, by name.
    private record Found(
            Cursor cursor, Map<Column, String> texts, Map<Column, BigDecimal> numbers) {

        String text(Column column) {
            return texts.getOrDefault(column, "");
        }

        @Nullable BigDecimal decimal(Column column) {
            return numbers.get(column);
        }

        long number(Column column) {
            return numbers.getOrDefault(column, BigDecimal.ZERO).longValueExact();
        }

        @Nullable Instant time(Column column) {
            var millis = numbers.get(column);
            return millis == null || millis.signum() == 0
                    ? null
                    : Instant.ofEpochMilli(millis.longValueExact());
        }

        RecordId recordId() {
            return cursor.recordId();
        }

        Instant at() {
            return Instant.ofEpochMilli(cursor.at());
        }
    }

    private static final List<Column> TRAITS =
            Stream.concat(
                            Stream.of(
                                    Column.COUNTRY,
                                    Column.REGION,
                                    Column.CITY,
                                    Column.DEVICE,
                                    Column.OS,
                                    Column.OS_VERSION,
                                    Column.BROWSER,
                                    Column.BROWSER_VERSION,
                                    Column.IN_APP,
                                    Column.LANGUAGE,
                                    Column.ISP,
                                    Column.ASN,
                                    Column.BOT,
                                    Column.LANDER,
                                    Column.PATH,
                                    Column.REFERRER),
                            IntStream.rangeClosed(1, 20).mapToObj(Column::sub))
                    .toList();

    private final FactStore store;

    Lists(FactStore store) {
        this.store = store;
    }

    Page<ClickItem> clicks(ListQuery query) {
        return page(query, Kind.CLICK, Lists::click);
    }

    Page<PostbackItem> postbacks(ListQuery query) {
        return page(query, Kind.POSTBACK, Lists::postback);
    }

    Page<ConversionItem> conversions(ListQuery query) {
        return page(query, Kind.CONVERSION, Lists::conversion);
    }

    Page<DeliveryItem> deliveries(ListQuery query) {
        return page(query, Kind.DELIVERY, Lists::delivery);
    }

    Page<CostItem> costs(ListQuery query) {
        return page(query, Kind.COST, Lists::cost);
    }

    /// How many items a list has in all, whatever page it is asked for.
    long count(ListQuery query) {
        var parameters = new ArrayList<Object>();
        var sql =
                "SELECT count(*) FROM %s WHERE %s"
                        .formatted(store.dialect().latestFacts(), where(query, parameters));
        return store.query(sql, parameters, row -> row.number(0)).getFirst();
    }

    private <T> Page<T> page(ListQuery query, Kind kind, Function<Found, T> item) {
        if (query.kind() != kind) {
            throw new IllegalArgumentException("a question for " + query.kind() + ", not " + kind);
        }
        var parameters = new ArrayList<Object>();
        var sql = sql(query, parameters);
        var found = store.query(sql, parameters, row -> found(query, row));
        boolean more = found.size() > query.limit();
        var shown = more ? found.subList(0, query.limit()) : found;
        return new Page<>(
                shown.stream().map(item).toList(), more ? shown.getLast().cursor().text() : null);
    }

    private String sql(ListQuery query, List<Object> parameters) {
        var columns = new StringJoiner(", ");
        Arrays.stream(Column.values()).forEach(column -> columns.add(column.word()));
        var where = where(query, parameters);
        after(query, parameters).ifPresent(where::add);
        var direction = query.sort().descending() ? " DESC" : "";
        return """
        SELECT fact_at, record_high, record_low, idx, %s, %s
        FROM %s
        WHERE %s
        ORDER BY %s%s, fact_at%<s, record_high%<s, record_low%<s, idx%<s
        LIMIT %d
        """
                .formatted(
                        sortKey(query),
                        columns,
                        store.dialect().latestFacts(),
                        where,
                        sortKey(query),
                        direction,
                        query.limit() + 1);
    }

    /// The conditions of a question, but for where its page begins.
    private static StringJoiner where(ListQuery query, List<Object> parameters) {
        var where = new StringJoiner("\n    AND ");
        where.add("kind = " + Kinds.number(query.kind()));
        var from = query.from();
        if (from != null) {
            where.add("fact_at >= " + from.toEpochMilli());
        }
        var to = query.to();
        if (to != null) {
            where.add("fact_at < " + to.toEpochMilli());
        }
        query.filters().forEach((column, value) -> where.add(filter(column, value, parameters)));
        var recordId = query.recordId();
        if (recordId != null) {
            where.add(ofRecord(recordId));
        }
        if (!query.search().isEmpty()) {
            where.add(search(query.search(), parameters));
        }
        answered(query.answer(), parameters).forEach(where::add);
        return where;
    }

    private static String filter(Column column, String value, List<Object> parameters) {
        if (column == Column.SUSPICIONS && value.equals(ListQuery.ANY)) {
            return "suspicions <> ''";
        }
        parameters.add(column == Column.SUSPICIONS ? ',' + value + ',' : value);
        if (column == Column.SUSPICIONS) {
            return "position(? IN concat(',', suspicions, ',')) > 0";
        }
        return value.equals(Dimension.UNKNOWN)
                ? "(%s IS NULL OR %<s = ?)".formatted(column.word())
                : column.word() + " = ?";
    }

    private static List<String> answered(LastAnswer answer, List<Object> parameters) {
        var conditions = new ArrayList<String>();
        if (answer.httpStatus() != null) {
            conditions.add("coalesce(http_status, 0) = " + answer.httpStatus());
        }
        if (!answer.note().isEmpty()) {
            parameters.add(answer.note().toLowerCase(Locale.ROOT));
            conditions.add("position(? IN lower(detail)) > 0");
        }
        return conditions;
    }

    private static String sortKey(ListQuery query) {
        var column = query.sort().column();
        return column == null ? "fact_at" : "coalesce(" + column.word() + ", 0)";
    }

    private static String ofRecord(RecordId id) {
        return "record_high = %d AND record_low = %d".formatted(id.high(), id.low());
    }

    private static String search(String text, List<Object> parameters) {
        var any = new StringJoiner(" OR ", "(", ")");
        boolean isPrefix = text.length() >= ListQuery.PREFIX_CHARS_MIN;
        for (var column : SEARCHED) {
            for (var form : forms(column, text)) {
                parameters.add(form);
                if (isPrefix) {
                    // No text in a column has the last of all characters.
                    parameters.add(form + LAST_CHARACTER);
                    any.add("(%s >= ? AND %<s < ?)".formatted(column.word()));
                } else {
                    any.add(column.word() + " = ?");
                }
            }
        }
        RecordIdRange.ofPrefix(text).ifPresent(range -> any.add(inRange(range)));
        return any.toString();
    }

    /// How a text stands in a column: ids are kept in one case.
    private static List<String> forms(Column column, String text) {
        return switch (column) {
            case CLICK_ID -> {
                var upper = text.toUpperCase(Locale.ROOT);
                yield upper.equals(text) ? List.of(text) : List.of(text, upper);
            }
            case CONVERSION_ID -> List.of(text.toLowerCase(Locale.ROOT));
            default -> List.of(text);
        };
    }

    /// The engine compares signed numbers. Where a half of an id is looked into, its first digit is
    /// fixed, so both ends are of one sign.
    private static String inRange(RecordIdRange range) {
        var from = range.from();
        var to = range.to();
        if (from.high() != to.high()) {
            return "record_high BETWEEN %d AND %d".formatted(from.high(), to.high());
        }
        var ofHigh = "record_high = " + from.high();
        boolean isWholeHigh = from.low() == 0 && to.low() == -1;
        return isWholeHigh
                ? ofHigh
                : "(%s AND record_low BETWEEN %d AND %d)".formatted(ofHigh, from.low(), to.low());
    }

    private static Optional<String> after(ListQuery query, List<Object> parameters) {
        var cursor = query.after();
        if (cursor == null) {
            return Optional.empty();
        }
        boolean descending = query.sort().descending();
        parameters.add(cursor.value());
        // By time the first comparison alone lets an engine skip what is outside.
        var bound =
                query.sort().column() == null
                        ? "fact_at %s= %d AND ".formatted(descending ? "<" : ">", cursor.at())
                        : "";
        return Optional.of(
                bound
                        + "(%s, fact_at, record_high, record_low, idx) %s (?, %d, %d, %d, %d)"
                                .formatted(
                                        sortKey(query),
                                        descending ? "<" : ">",
                                        cursor.at(),
                                        cursor.recordId().high(),
                                        cursor.recordId().low(),
                                        cursor.index()));
    }

    private static Found found(ListQuery query, Row row) {
        var cursor =
                new Cursor(
                        query.sort().word(),
                        row.decimal(4),
                        row.number(0),
                        new RecordId(row.number(1), row.number(2)),
                        (int) row.number(3));
        var texts = new EnumMap<Column, String>(Column.class);
        var numbers = new EnumMap<Column, BigDecimal>(Column.class);
        int at = 5;
        for (var column : Column.values()) {
            if (row.isNull(at)) {
                // Left out.
            } else if (column.type() == Column.Type.TEXT) {
                texts.put(column, row.text(at));
            } else {
                numbers.put(column, row.decimal(at));
            }
            at++;
        }
        return new Found(cursor, texts, numbers);
    }

    private static ClickItem click(Found fact) {
        var traits = new LinkedHashMap<String, String>();
        for (var column : TRAITS) {
            if (!fact.text(column).isEmpty()) {
                traits.put(column.word(), fact.text(column));
            }
        }
        return new ClickItem(
                fact.recordId(),
                fact.at(),
                fact.text(Column.CLICK_ID),
                fact.text(Column.CAMPAIGN),
                fact.text(Column.SOURCE),
                fact.text(Column.OFFER),
                fact.text(Column.CREATIVE),
                fact.text(Column.EXTERNAL_ID),
                traits,
                fact.decimal(Column.COST),
                fact.number(Column.IS_UNIQUE) == 1,
                fact.number(Column.IS_BOT) == 1);
    }

    private static PostbackItem postback(Found fact) {
        var warnings = fact.text(Column.WARNINGS);
        return new PostbackItem(
                fact.recordId(),
                fact.at(),
                fact.text(Column.DECISION),
                fact.text(Column.REASON),
                warnings.isEmpty() ? List.of() : List.of(warnings.split("[, ]+")),
                fact.text(Column.DETAIL),
                fact.text(Column.SENDER),
                fact.text(Column.FEED),
                fact.text(Column.CLICK_ID),
                fact.text(Column.CONVERSION_ID),
                fact.text(Column.CAMPAIGN),
                fact.text(Column.SOURCE),
                fact.text(Column.OFFER),
                fact.text(Column.EVENT_TYPE),
                fact.text(Column.STATUS),
                fact.text(Column.TXID),
                fact.decimal(Column.PAYOUT),
                fact.text(Column.CURRENCY));
    }

    private static ConversionItem conversion(Found fact) {
        var revenue = fact.decimal(Column.REVENUE);
        var id = fact.text(Column.CONVERSION_ID);
        return new ConversionItem(
                id.isEmpty() ? fact.recordId().toString() : id,
                fact.at(),
                fact.time(Column.EVENT_AT),
                fact.time(Column.CLICK_AT),
                fact.text(Column.CLICK_ID),
                fact.text(Column.CAMPAIGN),
                fact.text(Column.SOURCE),
                fact.text(Column.OFFER),
                fact.text(Column.CREATIVE),
                fact.text(Column.SENDER),
                fact.text(Column.EXTERNAL_ID),
                fact.text(Column.EVENT_TYPE),
                fact.text(Column.STATUS),
                fact.text(Column.TXID),
                fact.text(Column.FEED),
                fact.decimal(Column.PAYOUT),
                fact.text(Column.CURRENCY),
                revenue == null ? BigDecimal.ZERO : revenue,
                fact.decimal(Column.ORDER_VALUE),
                doubt(fact));
    }

    private static Doubt doubt(Found fact) {
        var checks = fact.text(Column.SUSPICIONS);
        return checks.isEmpty()
                ? Doubt.NONE
                : new Doubt(List.of(checks.split(",")), fact.text(Column.EVIDENCE));
    }

    private static DeliveryItem delivery(Found fact) {
        return new DeliveryItem(
                fact.recordId(),
                (int) fact.number(Column.DELIVERY_NUMBER),
                fact.at(),
                fact.text(Column.DESTINATION),
                fact.text(Column.DELIVERY_STATE),
                fact.number(Column.ATTEMPTS),
                fact.number(Column.HTTP_STATUS),
                fact.text(Column.DETAIL),
                fact.time(Column.NEXT_AT),
                fact.text(Column.CLICK_ID),
                fact.text(Column.CONVERSION_ID),
                fact.text(Column.CAMPAIGN),
                fact.text(Column.SOURCE),
                fact.text(Column.EVENT_TYPE),
                fact.text(Column.STATUS),
                fact.text(Column.TXID));
    }

    private static CostItem cost(Found fact) {
        var slice = new LinkedHashMap<String, String>();
        for (var word : fact.text(Column.COST_SHAPE).split(",", -1)) {
            Column.ofWord(word).ifPresent(column -> slice.put(word, fact.text(column)));
        }
        return new CostItem(
                fact.recordId(),
                Instant.ofEpochMilli(fact.number(Column.EVENT_AT)),
                slice,
                Instant.ofEpochMilli(fact.number(Column.COST_FROM)),
                Instant.ofEpochMilli(fact.number(Column.COST_TO)),
                fact.text(Column.COST_ZONE),
                fact.numbers().getOrDefault(Column.COST_STATED, BigDecimal.ZERO),
                fact.text(Column.CURRENCY),
                fact.numbers().getOrDefault(Column.COST, BigDecimal.ZERO),
                fact.text(Column.COST_RATE),
                fact.text(Column.COST_MODE),
                fact.text(Column.COST_STATE),
                fact.text(Column.COST_BY),
                fact.text(Column.DETAIL));
    }
}
