package matchback.ledger;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The columns of the one fact table. The tag is the column's number in stored facts and never
/// changes; a new column takes a new tag.
public enum Column {
    CLICK_AT(1, Type.TIME),
    EVENT_AT(2, Type.TIME),
    CLICK_ID(3, Type.TEXT),
    CONVERSION_ID(4, Type.TEXT),
    CAMPAIGN(5, Type.TEXT),
    SOURCE(6, Type.TEXT),
    OFFER(7, Type.TEXT),
    SENDER(8, Type.TEXT),
    CREATIVE(9, Type.TEXT),
    EXTERNAL_ID(10, Type.TEXT),
    TXID(11, Type.TEXT),
    EVENT_TYPE(12, Type.TEXT),
    STATUS(13, Type.TEXT),
    FEED(14, Type.TEXT),
    DECISION(15, Type.TEXT),
    REASON(16, Type.TEXT),
    WARNINGS(17, Type.TEXT),
    DETAIL(18, Type.TEXT),
    /// 1 for a visitor's first click of a campaign in 24 hours.
    IS_UNIQUE(19, Type.NUMBER),
    IS_BOT(20, Type.NUMBER),
    /// What the operator earns, in the report currency; negative in a reversal.
    REVENUE(21, Type.MONEY),
    /// The same in the currency it was reported in.
    PAYOUT(22, Type.MONEY),
    CURRENCY(23, Type.TEXT),
    /// The order's value, in the currency it was reported in.
    ORDER_VALUE(24, Type.MONEY),
    /// In the report currency.
    COST(25, Type.MONEY),
    DESTINATION(26, Type.TEXT),
    DELIVERY_STATE(27, Type.TEXT),
    ATTEMPTS(28, Type.NUMBER),
    HTTP_STATUS(29, Type.NUMBER),
    REFERRER(30, Type.TEXT),
    COUNTRY(31, Type.TEXT),
    REGION(32, Type.TEXT),
    CITY(33, Type.TEXT),
    DEVICE(34, Type.TEXT),
    OS(35, Type.TEXT),
    BROWSER(36, Type.TEXT),
    LANGUAGE(37, Type.TEXT),
    ISP(38, Type.TEXT),
    LANDER(39, Type.TEXT),
    PATH(40, Type.TEXT),
    DELIVERY_NUMBER(41, Type.NUMBER),
    NEXT_AT(42, Type.TIME),
    /// Of an app, its id in the App Store.
    APP(43, Type.TEXT),
    /// As Apple tells it: 2 to 4 digits, or a campaign id before SKAdNetwork 4.
    SOURCE_IDENTIFIER(44, Type.TEXT),
    /// 1 to 3.
    CONVERSION_WINDOW(45, Type.TEXT),
    /// `won` or `lost`.
    ATTRIBUTION(46, Type.TEXT),
    /// 0 to 63, or `low`, `medium`, `high`.
    CONVERSION_VALUE(47, Type.TEXT),
    /// `view` or `click`.
    INTERACTION(48, Type.TEXT),
    /// The app or the domain that the ad stood in.
    PUBLISHER(49, Type.TEXT),
    /// How much of what a browser saw: percent for `scroll`, seconds for `engaged`.
    AMOUNT(50, Type.NUMBER),
    /// By which ways a conversion was reported, in alphabetical order with commas between them.
    FEEDS(55, Type.TEXT),
    /// Whether a server reported it, a browser, or both.
    WITNESSES(56, Type.TEXT),
    /// How much later than the browser's first report the server's first came, in milliseconds;
    /// negative when the server was first.
    FEED_GAP(57, Type.NUMBER),
    /// With the system's name, as in `iOS 18`.
    OS_VERSION(60, Type.TEXT),
    /// With the browser's name, as in `Firefox 128`.
    BROWSER_VERSION(61, Type.TEXT),
    /// The app whose own browser it is; `plain` for a browser of its own.
    IN_APP(62, Type.TEXT),
    /// Why a click is taken for a bot's.
    BOT(63, Type.TEXT),
    /// The autonomous system of the visitor's network, as in `AS64496`.
    ASN(64, Type.TEXT),
    /// Words of the checks a conversion is suspected by, in alphabetical order.
    SUSPICIONS(70, Type.TEXT),
    EVIDENCE(71, Type.TEXT),
    /// What a postback was held as before a person decided it.
    HELD_AS(72, Type.TEXT),
    /// Whose cost was stated: columns and values, for people.
    COST_SLICE(80, Type.TEXT),
    /// Which columns have values in the slice, as in `campaign,sub1`.
    COST_SHAPE(81, Type.TEXT),
    COST_FROM(82, Type.TIME),
    COST_TO(83, Type.TIME),
    /// As it was stated, in the row's currency.
    COST_STATED(84, Type.MONEY),
    /// `in_force`, `replaced` or `undone`.
    COST_STATE(85, Type.TEXT),
    /// `replace` or `add`.
    COST_MODE(86, Type.TEXT),
    /// Who stated it.
    COST_BY(87, Type.TEXT),
    COST_RATE(88, Type.TEXT),
    COST_ZONE(89, Type.TEXT),
    SUB1(101, Type.TEXT),
    SUB2(102, Type.TEXT),
    SUB3(103, Type.TEXT),
    SUB4(104, Type.TEXT),
    SUB5(105, Type.TEXT),
    SUB6(106, Type.TEXT),
    SUB7(107, Type.TEXT),
    SUB8(108, Type.TEXT),
    SUB9(109, Type.TEXT),
    SUB10(110, Type.TEXT),
    SUB11(111, Type.TEXT),
    SUB12(112, Type.TEXT),
    SUB13(113, Type.TEXT),
    SUB14(114, Type.TEXT),
    SUB15(115, Type.TEXT),
    SUB16(116, Type.TEXT),
    SUB17(117, Type.TEXT),
    SUB18(118, Type.TEXT),
    SUB19(119, Type.TEXT),
    SUB20(120, Type.TEXT);

    /// How a column's values are kept: texts as they are; numbers, times (epoch milliseconds) and
    /// money (millionths) as 64-bit integers.
    public enum Type {
        TEXT,
        NUMBER,
        TIME,
        MONEY
    }

    private static final Map<String, Column> BY_WORD = new HashMap<>();
    private static final Map<Integer, Column> BY_TAG = new HashMap<>();

    static {
        for (var column : values()) {
            BY_WORD.put(column.word(), column);
            BY_TAG.put(column.tag, column);
        }
    }

    private final int tag;
    private final Type type;

    Column(int tag, Type type) {
        this.tag = tag;
        this.type = type;
    }

    int tag() {
        return tag;
    }

    public Type type() {
        return type;
    }

    /// The name in tables, for example `event_type`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Column> ofWord(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }

    static Optional<Column> ofTag(int tag) {
        return Optional.ofNullable(BY_TAG.get(tag));
    }

    /// The column of a sub parameter, from 1 to 20.
    public static Column sub(int number) {
        return valueOf("SUB" + number);
    }
}
