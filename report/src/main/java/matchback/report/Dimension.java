package matchback.report;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import matchback.ledger.Column;

/// What a report can be grouped and filtered by: a text of the fact, or a part of its time.
public enum Dimension {
    CAMPAIGN(Column.CAMPAIGN),
    SOURCE(Column.SOURCE),
    OFFER(Column.OFFER),
    SENDER(Column.SENDER),
    CREATIVE(Column.CREATIVE),
    COUNTRY(Column.COUNTRY),
    REGION(Column.REGION),
    CITY(Column.CITY),
    DEVICE(Column.DEVICE),
    OS(Column.OS),
    OS_VERSION(Column.OS_VERSION),
    BROWSER(Column.BROWSER),
    BROWSER_VERSION(Column.BROWSER_VERSION),
    IN_APP(Column.IN_APP),
    LANGUAGE(Column.LANGUAGE),
    ISP(Column.ISP),
    ASN(Column.ASN),
    BOT(Column.BOT),
    LANDER(Column.LANDER),
    PATH(Column.PATH),
    REFERRER(Column.REFERRER),
    SUB1(Column.SUB1),
    SUB2(Column.SUB2),
    SUB3(Column.SUB3),
    SUB4(Column.SUB4),
    SUB5(Column.SUB5),
    SUB6(Column.SUB6),
    SUB7(Column.SUB7),
    SUB8(Column.SUB8),
    SUB9(Column.SUB9),
    SUB10(Column.SUB10),
    SUB11(Column.SUB11),
    SUB12(Column.SUB12),
    SUB13(Column.SUB13),
    SUB14(Column.SUB14),
    SUB15(Column.SUB15),
    SUB16(Column.SUB16),
    SUB17(Column.SUB17),
    SUB18(Column.SUB18),
    SUB19(Column.SUB19),
    SUB20(Column.SUB20),
    HOUR(TimePart.HOUR),
    DAY(TimePart.DAY),
    WEEK(TimePart.WEEK),
    MONTH(TimePart.MONTH),
    WEEKDAY(TimePart.WEEKDAY),
    EVENT_TYPE(Column.EVENT_TYPE),
    STATUS(Column.STATUS),
    /// By which way it was reported first.
    FEED(Column.FEED),
    /// By which ways it was reported.
    FEEDS(Column.FEEDS),
    /// Whether by a server, a browser, or both.
    WITNESSES(Column.WITNESSES),
    DECISION(Column.DECISION),
    REASON(Column.REASON),
    DESTINATION(Column.DESTINATION),
    APP(Column.APP),
    SOURCE_IDENTIFIER(Column.SOURCE_IDENTIFIER),
    CONVERSION_WINDOW(Column.CONVERSION_WINDOW),
    ATTRIBUTION(Column.ATTRIBUTION),
    CONVERSION_VALUE(Column.CONVERSION_VALUE),
    INTERACTION(Column.INTERACTION),
    PUBLISHER(Column.PUBLISHER);

    /// Stands for a text that is not there.
    public static final String UNKNOWN = "-";

    private static final Map<String, Dimension> BY_WORD = new HashMap<>();

    static {
        for (var dimension : values()) {
            BY_WORD.put(dimension.word(), dimension);
        }
        BY_WORD.put("event", EVENT_TYPE);
    }

    private final Optional<Column> column;
    private final Optional<TimePart> timePart;

    Dimension(Column column) {
        this.column = Optional.of(column);
        this.timePart = Optional.empty();
    }

    Dimension(TimePart timePart) {
        this.column = Optional.empty();
        this.timePart = Optional.of(timePart);
    }

    /// Those that a click has a value of, whatever comes of it.
    public static List<Dimension> ofClicks() {
        return Arrays.stream(values()).filter(Dimension::isOfClicks).toList();
    }

    private boolean isOfClicks() {
        return switch (this) {
            case SENDER, EVENT_TYPE, STATUS, FEED, DECISION, REASON, DESTINATION -> false;
            default -> column.isPresent();
        };
    }

    /// The name in URLs and answers, for example `event_type`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Dimension> ofWord(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }

    static Set<String> words() {
        return BY_WORD.keySet();
    }

    /// The column of a text; empty for a part of the time.
    Optional<Column> column() {
        return column;
    }

    /// Which part of the time it is; empty for a text.
    public Optional<TimePart> timePart() {
        return timePart;
    }
}
