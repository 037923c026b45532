package matchback.attribute;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import matchback.model.Amount;
import matchback.model.ClickIds;
import matchback.model.EventTypes;
import matchback.model.Field;
import matchback.model.Money;
import matchback.model.PostbackReader;
import matchback.model.PostbackReader.Value;
import matchback.model.Reason;
import matchback.model.Status;
import matchback.model.trace.StepKind;
import org.jspecify.annotations.Nullable;

/// Reads one postback's fields. It always reads all of them, so that the answer names the worst
/// trouble (a refusal before a hold) and a held report still shows what it said.
final class Reading {
    /// Longest txid and event id in characters.
    private static final int ID_CHARS_MAX = 255;

    private static final String IGNORE = "ignore";
    private static final String EVENT_PREFIX = "event:";
    private static final Map<Field, String> STATUS_LISTS =
            new EnumMap<>(
                    Map.of(
                            Field.SALE_STATUS, Status.APPROVED.word(),
                            Field.LEAD_STATUS, Status.PENDING.word(),
                            Field.REJECTED_STATUS, Status.REJECTED.word(),
                            Field.IGNORE_STATUS, IGNORE));

    private final Case of;
    private final Party party;
    private final RulesConfig config;
    private final Notes notes;
    private final PostbackReader reader;
    private final List<Objection> objections = new ArrayList<>();

    Reading(Case of, Party party, RulesConfig config, Notes notes) {
        this.of = of;
        this.party = party;
        this.config = config;
        this.notes = notes;
        this.reader =
                new PostbackReader(of.postback().params(), Optional.ofNullable(party.sender()));
    }

    /// @param isNamed whether the report says it
    private record StatusWord(@Nullable Status status, boolean isNamed, String eventType) {
        static final StatusWord UNKNOWN = new StatusWord(null, false, "");

        static StatusWord named(@Nullable Status status) {
            return new StatusWord(status, true, "");
        }
    }

    Report report() {
        var status = status();
        tellWhyRejected(status);
        var eventType = eventType(status.eventType());
        var currency = currency();
        var payout = payout();
        var value = value(currency);
        var said = of.correction().txid();
        var txid = said.isEmpty() ? id(Field.TXID, Reason.TXID_UNRESOLVED) : said;
        var eventId = id(Field.EVENT_ID, Reason.UNRESOLVED_PARAMETER);
        var named = eventTime().filter(this::isPlausible);
        long eventAt = named.orElse(of.postback().receivedAt());
        return new Report(
                eventType,
                status.status(),
                status.isNamed(),
                currency,
                payout,
                value,
                txid,
                eventId,
                eventAt,
                named.isPresent(),
                worst());
    }

    private @Nullable Objection worst() {
        return objections.stream()
                .filter(Objection::isRefusal)
                .findFirst()
                .or(() -> objections.stream().findFirst())
                .orElse(null);
    }

    private void took(StepKind step, String... values) {
        of.trace().took(step, values);
    }

    private void object(Reason reason, String detail) {
        objections.add(new Objection(reason, detail));
    }

    private StatusWord status() {
        var said = of.correction().status();
        if (said != null) {
            return StatusWord.named(said);
        }
        return switch (reader.read(Field.STATUS)) {
            case Value.Missing _ -> {
                boolean isRejected = reader.text(Field.REJECT_REASON).isPresent();
                var usual = isRejected ? Status.REJECTED : Status.APPROVED;
                took(StepKind.STATUS_MISSING, usual.word());
                yield new StatusWord(usual, isRejected, "");
            }
            case Value.Filled(var parameter, var word) -> status(parameter, word);
            case Value.Unresolved(var parameter) -> {
                object(Reason.UNKNOWN_STATUS, macro(parameter));
                yield StatusWord.UNKNOWN;
            }
            case Value.Unreadable unreadable -> {
                object(unreadable);
                yield StatusWord.UNKNOWN;
            }
        };
    }

    private void tellWhyRejected(StatusWord read) {
        var reason = reader.text(Field.REJECT_REASON);
        if (reason.isPresent() && read.status() == Status.REJECTED) {
            took(StepKind.REJECT_REASON, parameter(Field.REJECT_REASON), reason.get());
            notes.mention("rejected by the sender for " + Notes.quoted(reason.get()));
        }
    }

    private StatusWord status(String parameter, String word) {
        var said = inRequest(word).orElse(null);
        var sender = party.sender();
        var mapped =
                said != null || sender == null
                        ? said
                        : sender.statuses().get(word.toLowerCase(Locale.ROOT));
        var by = said != null ? "request" : mapped != null ? "mapping" : "usual";
        var meaning = mapped == null ? word : mapped;
        if (mapped != null && mapped.equals(IGNORE)) {
            object(
                    Reason.IGNORED_STATUS,
                    "status " + Notes.quoted(word) + " is mapped to 'ignore'");
            return StatusWord.UNKNOWN;
        }
        if (mapped != null && mapped.startsWith(EVENT_PREFIX)) {
            var event = mapped.substring(EVENT_PREFIX.length());
            took(StepKind.STATUS_IS_EVENT, parameter, word, event, by);
            return new StatusWord(Status.APPROVED, true, event);
        }
        var status = Status.ofWord(meaning);
        status.ifPresentOrElse(
                found -> took(StepKind.STATUS_READ, parameter, word, found.word(), by),
                () ->
                        object(
                                Reason.UNKNOWN_STATUS,
                                "status " + Notes.quoted(meaning) + " is not known"));
        return StatusWord.named(status.orElse(null));
    }

    /// What the request itself says that the word stands for; it is nearer than the sender's
    /// mapping.
    private Optional<String> inRequest(String word) {
        return STATUS_LISTS.entrySet().stream()
                .filter(entry ->
                        reader.text(entry.getKey()).stream()
                                .flatMap(list -> Stream.of(list.split(",", -1)))
                                .anyMatch(one -> one.strip().equalsIgnoreCase(word)))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /// @param byStatus the type that the status word stands for, or empty
    private String eventType(String byStatus) {
        var said = of.correction().eventType();
        if (!said.isEmpty()) {
            return said;
        }
        var word = text(Field.EVENT, Reason.UNRESOLVED_PARAMETER);
        if (byStatus.isEmpty() && word.isEmpty()) {
            took(StepKind.EVENT_MISSING, EventTypes.DEFAULT);
            return EventTypes.DEFAULT;
        }
        var sender = party.sender();
        var mapped = sender == null ? null : sender.events().get(word.toLowerCase(Locale.ROOT));
        var named = !byStatus.isEmpty() ? byStatus : mapped;
        var type =
                named == null
                        ? EventTypes.ofWord(word)
                        : Optional.of(named).filter(EventTypes::isWellFormed);
        if (type.isEmpty()) {
            object(
                    Reason.UNKNOWN_EVENT,
                    "event " + Notes.quoted(named == null ? word : named) + " is not known");
        } else if (byStatus.isEmpty()) {
            var by = mapped == null ? "usual" : "mapping";
            took(StepKind.EVENT_READ, parameter(Field.EVENT), word, type.get(), by);
        }
        return type.orElse("");
    }

    private String currency() {
        var said = of.correction().currency();
        if (!said.isEmpty()) {
            return said;
        }
        var named = text(Field.CURRENCY, Reason.UNRESOLVED_PARAMETER);
        if (named.isEmpty()) {
            return defaultCurrency();
        }
        var currency = Money.currency(named);
        if (currency.isEmpty()) {
            object(
                    Reason.UNKNOWN_CURRENCY,
                    "currency " + Notes.quoted(named) + " is no ISO 4217 code");
        }
        currency.ifPresent(code -> took(StepKind.CURRENCY_READ, parameter(Field.CURRENCY), code));
        return currency.orElseGet(this::defaultCurrency);
    }

    private String defaultCurrency() {
        var sender = party.sender();
        var click = party.click();
        var ofSender = sender == null ? null : sender.currency();
        if (ofSender != null) {
            return defaultCurrency(ofSender, "sender");
        }
        var offer = click == null ? null : of.catalog().offer(click.offer()).orElse(null);
        var ofOffer = offer == null ? null : offer.currency();
        return ofOffer == null
                ? defaultCurrency(of.catalog().reportCurrency(), "report")
                : defaultCurrency(ofOffer, "offer");
    }

    private String defaultCurrency(String currency, String from) {
        took(StepKind.CURRENCY_MISSING, currency, from);
        return currency;
    }

    /// A browser can be told anything, so what it says of the payout is taken only where its sender
    /// allows that or a server signed it.
    private Amount payout() {
        var said = of.correction().payoutMicros();
        if (said != null) {
            return new Amount.Value(said);
        }
        if (party.isTakenAtItsWord(of.postback())) {
            var amount = amount(Field.PAYOUT);
            switch (amount) {
                case Amount.Value _ ->
                        took(
                                StepKind.PAYOUT_READ,
                                parameter(Field.PAYOUT),
                                reader.text(Field.PAYOUT).orElse(""));
                case Amount.Missing _, Amount.Malformed _ -> took(StepKind.PAYOUT_MISSING);
            }
            return amount;
        }
        reader.text(Field.PAYOUT)
                .ifPresent(_ -> notes.mention("a payout in a browser's report is not taken"));
        took(StepKind.PAYOUT_MISSING);
        return new Amount.Missing();
    }

    private @Nullable Money value(String currency) {
        return amount(Field.VALUE) instanceof Amount.Value(var micros)
                ? new Money(micros, currency)
                : null;
    }

    private Amount amount(Field field) {
        var text = text(field, Reason.UNRESOLVED_PARAMETER);
        return switch (Amount.parse(text)) {
            case Amount.Malformed _ -> {
                notes.warn(
                        Reason.MALFORMED_AMOUNT,
                        field.key() + ' ' + Notes.quoted(text) + " could not be read");
                yield new Amount.Missing();
            }
            case Amount.Missing missing -> missing;
            case Amount.Value value -> value;
        };
    }

    private String id(Field field, Reason ifMacro) {
        var text = text(field, ifMacro);
        boolean isTransaction = field == Field.TXID;
        if (!text.isEmpty()) {
            var step = isTransaction ? StepKind.TXID_READ : StepKind.EVENT_ID_READ;
            took(step, parameter(field), text);
        } else if (isTransaction) {
            took(StepKind.TXID_MISSING);
        }
        if (text.length() > ID_CHARS_MAX) {
            object(
                    Reason.MALFORMED_REQUEST,
                    field.key() + " has " + text.length() + " characters; at most " + ID_CHARS_MAX);
            return "";
        }
        return text;
    }

    private Optional<Long> eventTime() {
        var text = text(Field.EVENT_TIME, Reason.UNRESOLVED_PARAMETER);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var sender = party.sender();
        var time = EventTime.read(text, sender == null ? null : sender.timeZone());
        if (time.isEmpty()) {
            notes.warn(
                    Reason.MALFORMED_TIME,
                    "event_time " + Notes.quoted(text) + " could not be read");
        } else {
            took(StepKind.TIME_READ, parameter(Field.EVENT_TIME), text);
        }
        return time;
    }

    /// A time that cannot be is objected to; of a report that a person let pass it is left out.
    private boolean isPlausible(long eventAt) {
        var misplaced = misplaced(eventAt);
        if (misplaced.isEmpty()) {
            return true;
        }
        if (!of.isReleased()) {
            objections.add(misplaced.get());
            return true;
        }
        notes.mention(misplaced.get().detail() + "; the time of receipt was taken");
        return false;
    }

    private Optional<Objection> misplaced(long eventAt) {
        long receivedAt = of.postback().receivedAt();
        var click = party.click();
        if (eventAt > receivedAt + config.futureTolerance().toMillis()) {
            return Optional.of(
                    new Objection(
                            Reason.IN_FUTURE,
                            "event_time lies "
                                    + (eventAt - receivedAt) / 1000
                                    + " s after the receipt"));
        }
        if (click != null && eventAt < click.clickedAt() - ClickIds.SKEW_MILLIS) {
            return Optional.of(
                    new Objection(
                            Reason.BEFORE_CLICK,
                            "event_time lies "
                                    + (click.clickedAt() - eventAt) / 1000
                                    + " s before the click"));
        }
        return Optional.empty();
    }

    /// The name under which a field is filled; empty when it is not.
    private String parameter(Field field) {
        return reader.read(field) instanceof Value.Filled(var parameter, _) ? parameter : "";
    }

    /// A field's text; empty when it is missing, a macro nobody replaced, or unreadable.
    private String text(Field field, Reason ifMacro) {
        return switch (reader.read(field)) {
            case Value.Missing _ -> "";
            case Value.Filled(_, var text) -> text;
            case Value.Unresolved(var parameter) -> {
                notes.warn(ifMacro, macro(parameter));
                yield "";
            }
            case Value.Unreadable unreadable -> {
                object(unreadable);
                yield "";
            }
        };
    }

    private void object(Value.Unreadable unreadable) {
        object(
                Reason.MALFORMED_REQUEST,
                "parameter " + Notes.quoted(unreadable.parameter()) + ' ' + unreadable.problem());
    }

    private String macro(String parameter) {
        return parameter
                + " is the macro "
                + Notes.quoted(of.postback().params().first(parameter))
                + " that was not replaced";
    }
}
