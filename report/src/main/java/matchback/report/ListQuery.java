package matchback.report;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import matchback.ledger.Column;
import matchback.ledger.Fact.Kind;
import matchback.model.RecordId;
import org.jspecify.annotations.Nullable;

/// A question for a list of facts of one kind.
///
/// @param from inclusive; null for no bound
/// @param to exclusive; null for no bound
/// @param filters a column's value that items must have; [Dimension#UNKNOWN] for none
/// @param recordId only what this record made; null for all
/// @param search a click id, transaction id, conversion id, record id or external id that items
///   must have, or the beginning of one, from [#PREFIX_CHARS_MIN] characters on; empty for all
/// @param answer of deliveries: what the last answer was
/// @param after where the page before ended; null for the first page
public record ListQuery(
        Kind kind,
        @Nullable Instant from,
        @Nullable Instant to,
        Map<Column, String> filters,
        @Nullable RecordId recordId,
        String search,
        LastAnswer answer,
        Sort sort,
        int limit,
        @Nullable Cursor after) {

    /// Shortest beginning of an id that is searched for.
    public static final int PREFIX_CHARS_MIN = 8;

    /// The filter by [Column#SUSPICIONS] for those of whatever check; of one check it is its word.
    public static final String ANY = "any";

    public static final int LIMIT_DEFAULT = 50;
    public static final int LIMIT_MAX = 500;
    private static final int HTTP_STATUS_MAX = 599;

    /// The last answer that a delivery got.
    ///
    /// @param httpStatus 0 for none; null for any
    /// @param note a part of what was said of it, in any case; empty for any
    public record LastAnswer(@Nullable Integer httpStatus, String note) {
        public static final LastAnswer ANY = new LastAnswer(null, "");
    }

    /// @param column null for the time
    public record Sort(@Nullable Column column, boolean descending) {
        public static final Sort NEWEST_FIRST = new Sort(null, true);

        String word() {
            return (descending ? "-" : "") + (column == null ? "at" : column.word());
        }
    }

    /// Where a page ended: the values its last item is sorted by. Its text is opaque.
    ///
    /// @param sort the word of the sort it belongs to
    /// @param value of the sorted column; 0 when sorted by time
    public record Cursor(String sort, BigDecimal value, long at, RecordId recordId, int index) {
        private static final int PARTS = 5;
        private static final int VALUE_DIGITS_MAX = 25;

        String text() {
            var plain =
                    String.join(
                            "~",
                            sort,
                            value.toPlainString(),
                            Long.toString(at),
                            recordId.toString(),
                            Integer.toString(index));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
        }

        static Optional<Cursor> parse(String text) {
            try {
                var plain =
                        new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
                var parts = plain.split("~", PARTS + 1);
                if (parts.length != PARTS || plain.length() > 200) {
                    return Optional.empty();
                }
                var id = RecordId.parse(parts[3]);
                var value = new BigDecimal(parts[1]);
                if (value.precision() > VALUE_DIGITS_MAX || Math.abs(value.scale()) > 6) {
                    return Optional.empty();
                }
                return id.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new Cursor(
                                        parts[0],
                                        value,
                                        Long.parseLong(parts[2]),
                                        id.get(),
                                        Integer.parseInt(parts[4])));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }
    }

    /// What became of reading a question.
    public sealed interface Parsed {
        record Valid(ListQuery query) implements Parsed {}

        /// @param problems all of them, at least one
        record Invalid(List<Problem> problems) implements Parsed {}
    }

    private static final List<String> OWN_PARAMETERS =
            List.of(
                    "from",
                    "to",
                    "tz",
                    "sort",
                    "limit",
                    "cursor",
                    "q",
                    "record_id",
                    "recordId",
                    "httpStatus",
                    "note");

    /// Names that differ from the column's word.
    private static final Map<String, Column> ALIASES =
            Map.of(
                    "clickid", Column.CLICK_ID,
                    "clickId", Column.CLICK_ID,
                    "conversionId", Column.CONVERSION_ID,
                    "externalId", Column.EXTERNAL_ID,
                    "externalid", Column.EXTERNAL_ID,
                    "event", Column.EVENT_TYPE,
                    "eventType", Column.EVENT_TYPE,
                    "state", Column.DELIVERY_STATE,
                    "suspicion", Column.SUSPICIONS);

    public ListQuery {
        filters = Map.copyOf(filters);
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("limit " + limit + "; 1 to " + LIMIT_MAX);
        }
    }

    /// Whatever the last answer was.
    public ListQuery(
            Kind kind,
            @Nullable Instant from,
            @Nullable Instant to,
            Map<Column, String> filters,
            @Nullable RecordId recordId,
            String search,
            Sort sort,
            int limit,
            @Nullable Cursor after) {
        this(kind, from, to, filters, recordId, search, LastAnswer.ANY, sort, limit, after);
    }

    /// The newest items of a kind.
    public static ListQuery newest(Kind kind, int limit) {
        return new ListQuery(kind, null, null, Map.of(), null, "", Sort.NEWEST_FIRST, limit, null);
    }

    /// Reads `from`, `to`, `tz`, `q` (search), `record_id`, `sort` (`-at`, `at`, `-revenue` ...),
    /// `limit` and `cursor`, of deliveries also `httpStatus` and `note` (of the last answer); any
    /// other parameter must be the word of a text column and is a filter.
    public static Parsed parse(Kind kind, Map<String, String> values) {
        var in = new Parameters(values);
        ZoneId zone = in.zone();
        var from = in.instant("from", zone);
        var to = in.instant("to", zone);
        in.checkOrder(from, to);
        var filters = filters(in, values);
        var recordId = recordId(in);
        var answer = answer(in, kind);
        var sort = sort(in, kind);
        int limit = in.number("limit", 1, LIMIT_MAX, LIMIT_DEFAULT);
        var after = cursor(in, sort);
        if (!in.problems().isEmpty()) {
            return new Parsed.Invalid(List.copyOf(in.problems()));
        }
        return new Parsed.Valid(
                new ListQuery(
                        kind,
                        from,
                        to,
                        filters,
                        recordId,
                        in.text("q").orElse(""),
                        answer,
                        sort,
                        limit,
                        after));
    }

    private static Map<Column, String> filters(Parameters in, Map<String, String> values) {
        var known = new TreeSet<>(OWN_PARAMETERS);
        known.addAll(ALIASES.keySet());
        for (var column : Column.values()) {
            if (column.type() == Column.Type.TEXT) {
                known.add(column.word());
            }
        }
        in.refuseUnknown(known);
        var filters = new EnumMap<Column, String>(Column.class);
        for (var name : new TreeSet<>(values.keySet())) {
            var column = column(name);
            var value = in.text(name);
            if (value.isEmpty() || column.isEmpty() || OWN_PARAMETERS.contains(name)) {
                continue;
            }
            var canonical = canonical(column.get(), value.get());
            var other = filters.putIfAbsent(column.get(), canonical);
            if (other != null && !other.equals(canonical)) {
                in.problem(name, "the same column twice, with different values");
            }
        }
        return filters;
    }

    private static Optional<Column> column(String name) {
        var alias = ALIASES.get(name);
        return alias != null
                ? Optional.of(alias)
                : Column.ofWord(name).filter(c -> c.type() == Column.Type.TEXT);
    }

    /// Ids are read without regard to case and kept in one.
    private static String canonical(Column column, String value) {
        return switch (column) {
            case CLICK_ID -> clickId(value);
            case CONVERSION_ID -> value.toLowerCase(Locale.ROOT);
            default -> value;
        };
    }

    /// The stored form of a click id: upper case. Other subjects stand in the column as they are.
    static String clickId(String value) {
        return value.length() == 32 && RecordId.parse(value).isEmpty()
                ? value.toUpperCase(Locale.ROOT)
                : value;
    }

    private static @Nullable RecordId recordId(Parameters in) {
        var name = in.text("record_id").isPresent() ? "record_id" : "recordId";
        var text = in.text(name);
        if (text.isEmpty()) {
            return null;
        }
        var id = RecordId.parse(text.get());
        if (id.isEmpty()) {
            in.problem(name, Parameters.quoted(text.get()) + "; expected 32 hexadecimal digits");
        }
        return id.orElse(null);
    }

    private static LastAnswer answer(Parameters in, Kind kind) {
        var note = in.text("note").orElse("");
        boolean hasStatus = in.text("httpStatus").isPresent();
        if (kind != Kind.DELIVERY && (hasStatus || !note.isEmpty())) {
            in.problem(hasStatus ? "httpStatus" : "note", "only deliveries have a last answer");
        }
        return new LastAnswer(
                hasStatus ? (Integer) in.number("httpStatus", 0, HTTP_STATUS_MAX, 0) : null, note);
    }

    private static Sort sort(Parameters in, Kind kind) {
        var text = in.text("sort").orElse("-at");
        boolean descending = text.startsWith("-");
        var word = descending ? text.substring(1) : text;
        if (word.equals("at")) {
            return new Sort(null, descending);
        }
        var known = new ArrayList<String>();
        known.add("at");
        sortable(kind).forEach(column -> known.add(column.word()));
        var column = Column.ofWord(word).filter(sortable(kind)::contains);
        if (column.isEmpty()) {
            in.problem("sort", Parameters.unknown("sort", word, known));
        }
        return new Sort(column.orElse(null), descending);
    }

    private static List<Column> sortable(Kind kind) {
        return switch (kind) {
            case CLICK -> List.of(Column.COST);
            case CONVERSION, REVERSAL -> List.of(Column.REVENUE, Column.ORDER_VALUE);
            case POSTBACK, LANDER_CLICK, WITHDRAWN, BROWSER_EVENT -> List.of();
            case DELIVERY -> List.of(Column.ATTEMPTS, Column.NEXT_AT);
            case COST -> List.of(Column.COST, Column.EVENT_AT);
        };
    }

    private static @Nullable Cursor cursor(Parameters in, Sort sort) {
        var text = in.text("cursor");
        if (text.isEmpty()) {
            return null;
        }
        var cursor = Cursor.parse(text.get()).filter(c -> c.sort().equals(sort.word()));
        if (cursor.isEmpty()) {
            in.problem("cursor", "not a cursor of this list and sort; begin without one");
        }
        return cursor.orElse(null);
    }
}
