package matchback.model.trace;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// All steps that can be taken. The number is what is stored of a kind and never changes; a kind
/// that is not taken any more stays, a new one takes a new number, a new value stands at the end.
/// [Sentence] says how the patterns are written.
public enum StepKind {
    TEST(1, "A test: nothing of it reaches reports, destinations or limits", ""),
    REVIEWED(2, "Held as {held_as}, then {verdict:how} by {by}", "held_as verdict by"),
    CORRECTED(3, "The reviewer gave {field}: {value}", "field value"),
    NOT_JUDGED_AGAIN(4, "Sender and click were found right when it came; not judged again", ""),
    DECIDED_AGAIN(5, "Decided again in a replay; the first decision was {first}", "first"),

    CLICK_ID_READ(10, "Click id read from parameter '{parameter}'", "parameter"),
    CLICK_ID_MISSING(11, "No parameter holds a click id", ""),
    CLICK_ID_WRONG(
            12, "Parameter '{parameter}' holds no click id of this installation", "parameter"),

    SENDER_IN_PATH(20, "Sender '{sender}', named in the address", "sender"),
    SENDER_BY_OFFER(
            21,
            "Sender '{sender}', because it reports the click's offer[ '{offer}']",
            "sender offer"),
    SENDER_NONE(
            22,
            "No sender: the address names none and the click's offer has none; parameters are read"
                    + " by their usual names",
            ""),
    SENDER_UNKNOWN(23, "There is no sender '{sender}'", "sender"),

    PROOF_NOT_ASKED(
            30, "No proof asked for: no secret, no token, no signature, no address list", ""),
    TOKEN_RIGHT(31, "Token right", ""),
    ADDRESS_LISTED(32, "Address on the sender's list", ""),
    SIGNATURE_RIGHT(
            33,
            "Signature right: key '{key}'[, scheme {scheme}][, {age:age} old]",
            "key scheme age"),
    PROOF_KEPT(37, "The proof was found good when it came; not judged again", ""),
    PROOF_NOT_OF_BROWSERS(39, "The sender takes reports by browsers, which can prove nothing", ""),
    OPERATORS_OWN(36, "Handed in by the operator; no proof is asked for", ""),
    PATH_RIGHT(34, "Secret in the address right", ""),
    PROOF_NOT_TESTED(35, "Not held against a test: {reason}[: {detail}]", "reason detail"),

    CLICK_FOUND(
            40,
            "Click found[: campaign '{campaign}'][, offer '{offer}'], {age:age} old",
            "campaign offer age"),
    CLICK_BY_ID(
            41,
            "The click could not be recorded; its id tells[ campaign '{campaign}' and] that it is"
                    + " {age:age} old",
            "campaign age"),
    CLICK_UNKNOWN(42, "No click of this id is stored; the id is {age:age} old", "age"),

    STATUS_READ(
            50,
            "Status '{word}' (parameter '{parameter}') is {status}, {by:how}",
            "parameter word status by"),
    STATUS_MISSING(51, "No status, so {status}", "status"),
    STATUS_IS_EVENT(
            52,
            "Status '{word}' (parameter '{parameter}') stands for event type {event}, {by:how}",
            "parameter word event by"),
    EVENT_READ(
            53,
            "Event '{word}' (parameter '{parameter}') is event type {event}, {by:how}",
            "parameter word event by"),
    EVENT_MISSING(54, "No event type, so {event}", "event"),
    CURRENCY_READ(55, "Currency {currency} (parameter '{parameter}')", "parameter currency"),
    CURRENCY_MISSING(56, "No currency, so {currency}: {from:how}", "currency from"),
    PAYOUT_READ(57, "Payout '{value}' (parameter '{parameter}')", "parameter value"),
    PAYOUT_MISSING(58, "No payout that can be taken", ""),
    TXID_READ(59, "Transaction id '{value}' (parameter '{parameter}')", "parameter value"),
    TXID_MISSING(60, "No transaction id", ""),
    EVENT_ID_READ(61, "Event id '{value}' (parameter '{parameter}')", "parameter value"),
    TIME_READ(62, "Time of the event '{value}' (parameter '{parameter}')", "parameter value"),
    REJECT_REASON(
            68, "The sender rejects it for '{value}' (parameter '{parameter}')", "parameter value"),
    WARNED(63, "Warning {reason}[: {detail}]", "reason detail"),

    MATCHED_NONE(70, "No earlier conversion of type {event}[ with txid '{txid}']", "event txid"),
    MATCHED(
            71,
            "It is about conversion {conversion}, known by {by:how}; its status is {status}",
            "conversion by status"),
    MATCHED_SEVERAL(72, "The click has several conversions of type {event}", "event"),
    DUPLICATES_BY(73, "Duplicate rule of the sender: {rule}", "rule"),

    PAYOUT_SET(80, "Payout {money}, {rule:how}", "money rule"),
    WITHIN_LIMIT(81, "Within the sender's limit of {limit}", "limit"),
    CONVERTED(82, "{money} is {revenue} at the rate {rate}", "money revenue rate"),
    SHARED(83, "{money} is {percent} % of {whole}", "money percent whole"),

    STATUS_CHANGES(90, "Status changes from {from} to {to}", "from to"),
    STATUS_STAYS(91, "Status {to} may not follow {from}; the conversion stays as it is", "from to"),
    BROWSER_OVERRULED(92, "A server reported it before; a browser's report changes nothing", ""),
    SERVER_TAKES_OVER(93, "First report of a server; it stands above the browser's", ""),
    PAYOUT_CHANGES(94, "Payout changes from {from} to {to}", "from to"),
    TXID_TAKEN_ON(95, "The conversion takes the txid '{txid}'", "txid"),
    NOTHING_NEW(96, "The report adds nothing new", ""),
    ADDED_UP(97, "Added to what it earned before: from {from} to {to}", "from to"),

    TXID_ASKED(100, "Asked whether txid '{txid}' of this sender is free", "txid"),
    TXID_FREE(101, "No other click has txid '{txid}' of this sender", "txid"),
    TXID_OF_OTHER(102, "Another click has txid '{txid}' of this sender", "txid"),

    CAP_ASKED(103, "Asked whether the cap of offer '{offer}' has a place left", "offer"),
    CAP_TAKEN(104, "It has a place of offer '{offer}' on {day}", "offer day"),
    CAP_FULL(105, "No place is left of offer '{offer}' on {day}", "offer day"),

    QUARANTINED(106, "Kept for a person: {reason}[: {detail}]", "reason detail"),

    DECIDED(110, "Decision: {decision}, {reason}[: {detail}]", "decision reason detail"),
    FAILED(111, "Deciding it failed; it is kept for a person", ""),

    DELIVERY_QUEUED(120, "Delivery queued to {destination}[ ({moment})]", "destination moment"),
    DELIVERY_NONE(121, "No delivery: {why:how}", "why"),
    DELIVERY_SILENT(122, "{destination} is not told: {why:why}", "destination why"),
    SOURCE_SILENT(123, "The traffic source is not told: {why:why}", "why"),
    DELIVERY_KEPT_BACK(124, "The replay sends no new delivery", ""),

    APPLE_READ(
            140,
            "{protocol}[ {version}]: app {app}, ad network {network}, window {window}",
            "protocol version app network window"),
    APPLE_PROVEN(141, "Signature right: {proof:how}", "proof"),
    APPLE_FORGED(142, "Not proven to be Apple's: {reason}[: {detail}]", "reason detail"),
    COPY_ASKED(143, "Asked whether a postback with id '{id}' came before", "id"),
    COPY_FIRST(144, "No postback with id '{id}' came before", "id"),
    COPY_LATER(145, "A postback with id '{id}' came before", "id"),
    APPLE_SOURCE(
            146,
            "Source identifier {identifier} stands for campaign '{campaign}'[, by {by}]",
            "identifier campaign by"),
    APPLE_SOURCE_OPEN(
            147,
            "Source identifier {identifier} stands for no campaign[, or for one of {campaigns}]"
                    + "[; campaign '{fallback}' is the app's fallback]",
            "identifier campaigns fallback"),
    APPLE_VALUE(148, "Conversion value {value} means {event} worth {money}", "value event money"),
    APPLE_VALUE_OPEN(
            149,
            "The app's values say nothing about it[ (value {value})], so {event}",
            "value event");

    private static final Map<Integer, StepKind> BY_NUMBER = new HashMap<>();

    static {
        for (var kind : values()) {
            if (BY_NUMBER.put(kind.number, kind) != null) {
                throw new IllegalStateException("two kinds of step have number " + kind.number);
            }
        }
    }

    private final int number;
    private final String pattern;
    private final List<String> names;

    /// @param names of the values, separated by blanks
    StepKind(int number, String pattern, String names) {
        this.number = number;
        this.pattern = pattern;
        this.names = names.isEmpty() ? List.of() : List.of(names.split(" ", -1));
    }

    /// What is stored of it.
    public int number() {
        return number;
    }

    /// The spelling in answers, for example `click_found`.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Names of its values, in order.
    public List<String> names() {
        return names;
    }

    String pattern() {
        return pattern;
    }

    /// The kind of a number; empty for one that a later build has written.
    public static Optional<StepKind> ofNumber(int number) {
        return Optional.ofNullable(BY_NUMBER.get(number));
    }
}
