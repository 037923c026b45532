package matchback.ledger.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.Event.Reviewed;
import matchback.ledger.EventCodec;
import matchback.ledger.Fields;
import matchback.ledger.Fields.CorruptRecord;
import matchback.ledger.Fields.Reader;
import matchback.ledger.Fields.Writer;
import matchback.ledger.Outcome;
import matchback.ledger.state.ConversionState.Change;
import matchback.ledger.state.ConversionState.Leg;
import matchback.ledger.state.DeliveryState.Attempt;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.model.Feed;
import matchback.model.Money;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.Status;
import matchback.model.Subject;
import matchback.model.catalog.Destination.Moment;
import matchback.model.trace.Step;
import matchback.model.trace.StepKind;
import org.jspecify.annotations.Nullable;

/// State records as bytes. Every record starts with the format version; golden files hold each
/// form.
final class StateCodec {
    private static final int CLICK = 1;
    private static final int COUNTERS = 2;
    private static final int CONVERSION = 3;
    private static final int REPORT = 4;
    private static final int DELIVERY = 5;
    private static final int SUBJECT = 6;
    private static final int REVIEW = 7;
    private static final int NONCE = 8;
    private static final int ANSWERS = 9;

    private StateCodec() {}

    static byte[] encode(ClickState click) {
        return recordId(new Writer(CLICK), click.recordId())
                .number(3, click.clickedAt())
                .text(4, click.campaign())
                .text(5, click.source())
                .text(6, click.offer())
                .text(7, click.sender())
                .text(8, click.externalId())
                .text(9, click.creative())
                .map(10, click.subs())
                .map(11, click.traits())
                // Shifted by one, so that 0 (left out) is "not known".
                .number(12, click.costMicros() + 1)
                .flag(13, click.unique())
                .text(14, click.bot())
                .flag(15, click.prefetch())
                .flag(16, click.recorded())
                .number(17, click.windowEndsAt())
                .number(18, click.convertedAt())
                .flag(19, click.test())
                .toBytes();
    }

    static ClickState click(byte[] bytes) {
        return read(bytes, CLICK, StateCodec::click);
    }

    private static ClickState click(Reader in) {
        return new ClickState(
                recordId(in),
                in.number(3),
                in.text(4),
                in.text(5),
                in.text(6),
                in.text(7),
                in.text(8),
                in.text(9),
                in.map(10),
                in.map(11),
                in.number(12) - 1,
                in.flag(13),
                in.text(14),
                in.flag(15),
                in.flag(16),
                in.number(17),
                in.number(18),
                in.flag(19));
    }

    static byte[] encode(Counters counters) {
        return new Writer(COUNTERS)
                .number(1, counters.version())
                .number(2, counters.conversions())
                .number(3, counters.reports())
                .number(4, counters.deliveries())
                .toBytes();
    }

    static Counters counters(byte[] bytes) {
        return read(bytes, COUNTERS, StateCodec::counters);
    }

    private static Counters counters(Reader in) {
        return new Counters(
                in.number(1), (int) in.number(2), (int) in.number(3), (int) in.number(4));
    }

    static byte[] encode(ConversionState conversion) {
        var out =
                recordId(new Writer(CONVERSION), conversion.recordId())
                        .number(3, conversion.number())
                        .text(4, conversion.eventType())
                        .text(5, conversion.txid())
                        .text(6, conversion.status().word());
        money(out, 7, conversion.payout());
        out.number(8, conversion.revenueMicros());
        money(out, 9, conversion.value());
        out.text(10, conversion.sender())
                .texts(11, conversion.feeds().stream().map(Feed::word).toList())
                .number(12, conversion.receivedAt())
                .number(13, conversion.eventAt());
        var reversal = conversion.reversal();
        if (reversal != null) {
            out.record(14, recordId(Writer.nested(), reversal));
        }
        out.number(15, conversion.reversedAt())
                .text(16, conversion.outboundEventId())
                .text(17, conversion.browserEventId());
        conversion.changes().forEach(change -> out.record(18, change(change)));
        // The first leg's time is that of the conversion; a time that was not noted stays so.
        conversion.legs().stream()
                .skip(1)
                .filter(leg -> leg.at() != 0)
                .forEach(leg -> out.record(19, leg(leg)));
        return out.toBytes();
    }

    static ConversionState conversion(byte[] bytes) {
        return read(bytes, CONVERSION, StateCodec::conversion);
    }

    private static ConversionState conversion(Reader in) {
        return new ConversionState(
                (int) in.number(3),
                recordId(in),
                in.text(4),
                in.text(5),
                status(in.text(6)),
                someMoney(in, 7),
                in.number(8),
                money(in, 9),
                in.text(10),
                legs(in),
                in.number(12),
                in.number(13),
                in.has(14) ? recordId(in.records(14).getFirst()) : null,
                in.number(15),
                in.text(16),
                in.text(17),
                in.records(18).stream().map(StateCodec::change).toList());
    }

    private static Writer leg(Leg leg) {
        return Writer.nested().text(1, leg.feed().word()).number(2, leg.at());
    }

    private static List<Leg> legs(Reader in) {
        var times = new EnumMap<Feed, Long>(Feed.class);
        in.records(19).forEach(leg -> times.put(feed(leg.text(1)), leg.number(2)));
        var legs = new ArrayList<Leg>();
        for (var word : in.texts(11)) {
            var feed = feed(word);
            legs.add(new Leg(feed, legs.isEmpty() ? in.number(12) : times.getOrDefault(feed, 0L)));
        }
        return legs;
    }

    private static Writer change(Change change) {
        var out =
                recordId(Writer.nested(), change.recordId())
                        .number(3, change.at())
                        .text(4, change.feed().word())
                        .text(5, change.reason().code())
                        .text(6, change.status().word());
        money(out, 7, change.payout());
        return out;
    }

    private static Change change(Reader in) {
        return new Change(
                recordId(in),
                in.number(3),
                feed(in.text(4)),
                reason(in.text(5)),
                status(in.text(6)),
                someMoney(in, 7));
    }

    static byte[] encode(ReportState report) {
        var out =
                recordId(new Writer(REPORT), report.recordId())
                        .number(3, report.number())
                        .number(4, report.offset())
                        .number(5, report.receivedAt())
                        .text(6, report.feed().word())
                        .text(7, report.sender())
                        .record(8, outcome(report.outcome()));
        var past = report.past();
        if (past != null) {
            out.record(9, ReplayStateCodec.past(past));
        }
        return out.toBytes();
    }

    static ReportState report(byte[] bytes) {
        return read(bytes, REPORT, StateCodec::report);
    }

    private static ReportState report(Reader in) {
        return new ReportState(
                (int) in.number(3),
                recordId(in),
                in.number(4),
                in.number(5),
                feed(in.text(6)),
                in.text(7),
                outcome(in.records(8).getFirst()),
                in.has(9) ? ReplayStateCodec.past(in.records(9).getFirst()) : null);
    }

    static Writer outcome(Outcome outcome) {
        var out =
                Writer.nested()
                        .text(1, outcome.reason().code())
                        .texts(2, outcome.warnings().stream().map(Reason::code).toList())
                        .text(3, outcome.detail())
                        .text(4, outcome.clickId())
                        .text(5, outcome.conversionId())
                        .text(6, outcome.event())
                        .text(
                                7,
                                Optional.ofNullable(outcome.status()).map(Status::word).orElse(""));
        money(out, 8, outcome.payout());
        out.text(9, outcome.sender())
                .text(10, outcome.campaign())
                .text(11, outcome.source())
                .number(12, outcome.deliveries());
        outcome.steps().forEach(step -> out.record(13, step(step)));
        return out;
    }

    private static Writer step(Step step) {
        return Writer.nested().number(1, step.kind().number()).texts(2, step.values());
    }

    /// A step of a kind that a later build has written is left out: it only tells.
    private static Stream<Step> step(Reader in) {
        return StepKind.ofNumber((int) in.number(1)).stream()
                .map(kind -> new Step(kind, in.texts(2)));
    }

    static Outcome outcome(Reader in) {
        return new Outcome(
                reason(in.text(1)),
                in.texts(2).stream().map(StateCodec::reason).toList(),
                in.text(3),
                in.text(4),
                in.text(5),
                in.text(6),
                in.has(7) ? status(in.text(7)) : null,
                money(in, 8),
                in.text(9),
                in.text(10),
                in.text(11),
                (int) in.number(12),
                in.records(13).stream().flatMap(StateCodec::step).toList());
    }

    static byte[] encode(DeliveryState delivery) {
        var out =
                new Writer(DELIVERY)
                        .number(1, delivery.number())
                        .number(2, delivery.conversion())
                        .text(3, delivery.conversionId())
                        .text(4, delivery.destination())
                        .record(5, recordId(Writer.nested(), delivery.cause()))
                        .text(6, delivery.eventId())
                        .map(7, delivery.values())
                        .number(8, delivery.createdAt())
                        .text(9, delivery.progress().word())
                        .number(10, delivery.dueAt())
                        .number(11, delivery.attemptsMade());
        delivery.attempts().forEach(attempt -> out.record(12, attempt(attempt)));
        // Written only where it is not the usual one, so that older records keep their form.
        if (delivery.moment() != Moment.APPROVED) {
            out.text(13, delivery.moment().name());
        }
        return out.toBytes();
    }

    static DeliveryState delivery(byte[] bytes) {
        return read(bytes, DELIVERY, StateCodec::delivery);
    }

    private static DeliveryState delivery(Reader in) {
        List<Attempt> attempts = new ArrayList<>();
        in.records(12).forEach(attempt -> attempts.add(attempt(attempt)));
        return new DeliveryState(
                (int) in.number(1),
                (int) in.number(2),
                in.text(3),
                in.text(4),
                recordId(in.records(5).getFirst()),
                in.text(6),
                in.map(7),
                in.number(8),
                progress(in.text(9)),
                in.number(10),
                (int) in.number(11),
                attempts,
                in.text(13).isEmpty() ? Moment.APPROVED : Moment.valueOf(in.text(13)));
    }

    private static Writer attempt(Attempt attempt) {
        return Writer.nested()
                .number(1, attempt.number())
                .number(2, attempt.at())
                .text(3, attempt.result().name())
                .text(4, attempt.url())
                .number(5, attempt.httpStatus())
                .text(6, attempt.note())
                .number(7, attempt.durationMillis());
    }

    private static Attempt attempt(Reader in) {
        return new Attempt(
                (int) in.number(1),
                in.number(2),
                AttemptResult.valueOf(in.text(3)),
                in.text(4),
                (int) in.number(5),
                in.text(6),
                in.number(7));
    }

    static byte[] encode(ReviewState review) {
        return new Writer(REVIEW)
                .bytes(1, EventCodec.encode(review.review()))
                .text(2, review.heldAs().code())
                .toBytes();
    }

    static ReviewState review(byte[] bytes) {
        return read(bytes, REVIEW, StateCodec::review);
    }

    private static ReviewState review(Reader in) {
        if (!(EventCodec.decode(in.bytes(1)) instanceof Reviewed reviewed)) {
            throw new CorruptRecord("another event in the place of a review");
        }
        return new ReviewState(reviewed, reason(in.text(2)));
    }

    static <T> T read(byte[] bytes, int kind, Function<Reader, T> decode) {
        return Fields.read(
                bytes,
                in -> {
                    if (in.kind() != kind) {
                        throw new CorruptRecord(
                                "state record of kind " + in.kind() + "; expected " + kind);
                    }
                    return decode.apply(in);
                });
    }

    /// A pointer to a numbered record of the same subject.
    static byte[] encode(int number) {
        return ByteBuffer.allocate(5).put((byte) Fields.FORMAT_VERSION).putInt(number).array();
    }

    static int number(byte[] bytes) {
        if (bytes.length != 5 || bytes[0] != Fields.FORMAT_VERSION) {
            throw new CorruptRecord("pointer of " + bytes.length + " bytes; expected 5");
        }
        return ByteBuffer.wrap(bytes).getInt(1);
    }

    static byte[] encode(Subject subject) {
        return new Writer(SUBJECT).text(1, subject.text()).toBytes();
    }

    static Subject subject(byte[] bytes) {
        return read(bytes, SUBJECT, in -> new Subject(in.text(1)));
    }

    static byte[] encode(NonceState nonce) {
        return recordId(new Writer(NONCE), nonce.recordId()).number(3, nonce.until()).toBytes();
    }

    static NonceState nonce(byte[] bytes) {
        return read(bytes, NONCE, in -> new NonceState(recordId(in), in.number(3)));
    }

    static byte[] encode(Map<Subject, Subject> answers) {
        var texts = new HashMap<String, String>();
        answers.forEach((asked, owner) -> texts.put(asked.text(), owner.text()));
        return new Writer(ANSWERS).map(1, texts).toBytes();
    }

    static Map<Subject, Subject> answers(byte[] bytes) {
        return read(bytes, ANSWERS, StateCodec::answers);
    }

    private static Map<Subject, Subject> answers(Reader in) {
        var answers = new HashMap<Subject, Subject>();
        in.map(1).forEach((asked, owner) -> answers.put(new Subject(asked), new Subject(owner)));
        return answers;
    }

    static Writer recordId(Writer out, RecordId id) {
        return out.number(1, id.high()).number(2, id.low());
    }

    static RecordId recordId(Reader in) {
        return new RecordId(in.number(1), in.number(2));
    }

    private static void money(Writer out, int tag, @Nullable Money money) {
        if (money != null) {
            out.record(tag, Writer.nested().number(1, money.micros()).text(2, money.currency()));
        }
    }

    private static @Nullable Money money(Reader in, int tag) {
        return in.has(tag) ? someMoney(in, tag) : null;
    }

    private static Money someMoney(Reader in, int tag) {
        var money = in.records(tag).getFirst();
        return new Money(money.number(1), money.text(2));
    }

    private static Feed feed(String word) {
        return Feed.valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }

    private static Status status(String word) {
        return Status.valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }

    private static Progress progress(String word) {
        return Progress.valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }

    static Reason reason(String code) {
        return Reason.ofCode(code).orElseThrow(() -> new CorruptRecord("reason '" + code + "'"));
    }
}
