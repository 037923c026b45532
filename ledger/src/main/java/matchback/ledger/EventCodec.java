package matchback.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.Event.BrowserReported;
import matchback.ledger.Event.Check;
import matchback.ledger.Event.Checked;
import matchback.ledger.Event.ClickRecorded;
import matchback.ledger.Event.CostStated;
import matchback.ledger.Event.DeliveryAsked;
import matchback.ledger.Event.DeliveryAttempted;
import matchback.ledger.Event.Edited;
import matchback.ledger.Event.LanderClicked;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Event.Redecided;
import matchback.ledger.Event.Reviewed;
import matchback.ledger.Event.Settled;
import matchback.ledger.Event.Suspected;
import matchback.ledger.Event.Wish;
import matchback.ledger.Fields.CorruptRecord;
import matchback.ledger.Fields.Reader;
import matchback.ledger.Fields.Writer;
import matchback.model.Feed;
import matchback.model.FraudCheck;
import matchback.model.Params;
import matchback.model.Params.Param;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.Status;
import matchback.model.Subject;
import matchback.model.signature.Evidence;
import matchback.model.signature.Evidence.Failed;
import matchback.model.signature.Evidence.Verified;
import org.jspecify.annotations.Nullable;

/// Events as bytes. Tags 1 to 5 are common to all events; the golden files in the tests hold what
/// every format version looks like.
///
/// Tag 6 is kept free for the edition of the rules an event was decided under, absent meaning the
/// first: the day a built-in rule changes its result for old events, a rebuild must know which one
/// held.
public final class EventCodec {
    private static final int CLICK = 1;
    private static final int POSTBACK = 2;
    private static final int CHECK = 3;
    private static final int CHECKED = 4;
    private static final int DELIVERY_ATTEMPT = 5;
    private static final int REVIEWED = 6;
    private static final int REDECIDED = 7;
    private static final int SETTLED = 8;
    private static final int EDITED = 9;
    private static final int DELIVERY_ASKED = 10;
    private static final int LANDER_CLICK = 14;
    private static final int SUSPECTED = 12;
    private static final int BROWSER = 11;
    private static final int COST_STATED = 15;

    private EventCodec() {}

    public static byte[] encode(Event event) {
        return switch (event) {
            case ClickRecorded click -> click(click).toBytes();
            case PostbackReceived postback -> postback(postback).toBytes();
            case Check check -> head(CHECK, check).text(10, check.origin().text()).toBytes();
            case Checked checked ->
                    head(CHECKED, checked)
                            .text(10, checked.checked().text())
                            .text(11, checked.owner().text())
                            .toBytes();
            case DeliveryAttempted attempt -> attempt(attempt).toBytes();
            case Reviewed reviewed -> reviewed(reviewed).toBytes();
            case Redecided redecided -> ReplayCodec.encode(head(REDECIDED, redecided), redecided);
            case Settled settled -> ReplayCodec.encode(head(SETTLED, settled), settled);
            case Edited edited -> edited(edited).toBytes();
            case DeliveryAsked asked -> asked(asked).toBytes();
            case LanderClicked click ->
                    head(LANDER_CLICK, click)
                            .number(10, click.button())
                            .text(11, click.offer())
                            .toBytes();
            case Suspected suspected -> suspected(suspected).toBytes();
            case BrowserReported reported -> browser(reported).toBytes();
            case CostStated stated -> CostCodec.encode(head(COST_STATED, stated), stated);
        };
    }

    public static Event decode(byte[] bytes) {
        return Fields.read(bytes, EventCodec::event);
    }

    /// The record hash: SHA-256 of the record's bytes.
    public static byte[] hash(byte[] bytes) {
        return PersonalCodec.sha256(bytes);
    }

    private static Event event(Reader in) {
        return switch (in.kind()) {
            case CLICK -> click(in);
            case POSTBACK -> postback(in);
            case CHECK ->
                    new Check(
                            recordId(in),
                            in.number(3),
                            in.number(4),
                            subject(in, 5),
                            subject(in, 10));
            case CHECKED ->
                    new Checked(
                            recordId(in),
                            in.number(3),
                            in.number(4),
                            subject(in, 5),
                            subject(in, 10),
                            subject(in, 11));
            case DELIVERY_ATTEMPT -> attempt(in);
            case REVIEWED -> reviewed(in);
            case REDECIDED -> ReplayCodec.redecided(in);
            case SETTLED -> ReplayCodec.settled(in);
            case EDITED -> edited(in);
            case DELIVERY_ASKED -> asked(in);
            case LANDER_CLICK ->
                    new LanderClicked(
                            recordId(in),
                            in.number(3),
                            in.number(4),
                            subject(in, 5),
                            (int) in.number(10),
                            in.text(11));
            case SUSPECTED -> suspected(in);
            case BROWSER -> browser(in);
            case COST_STATED -> CostCodec.stated(in);
            default -> throw new CorruptRecord("event of kind " + in.kind());
        };
    }

    private static Writer head(int kind, Event event) {
        return new Writer(kind)
                .number(1, event.recordId().high())
                .number(2, event.recordId().low())
                .number(3, event.receivedAt())
                .number(4, event.catalogVersion())
                .text(5, event.subject().text());
    }

    static RecordId recordId(Reader in) {
        return new RecordId(in.number(1), in.number(2));
    }

    static Subject subject(Reader in, int tag) {
        return new Subject(in.text(tag));
    }

    private static Writer click(ClickRecorded click) {
        return head(CLICK, click)
                .text(10, click.campaign())
                .text(11, click.source())
                .text(12, click.offer())
                .text(13, click.externalId())
                .text(14, click.creative())
                // Shifted by one, so that 0 (left out) is "not known" and a cost of zero is kept.
                .number(15, click.costMicros() + 1)
                .text(16, click.costCurrency())
                .number(17, click.reportCostMicros() + 1)
                .map(18, click.subs())
                .map(19, click.traits())
                .flag(20, click.unique())
                .text(21, click.bot())
                .flag(22, click.prefetch())
                .bytes(23, click.personalHash())
                .flag(24, click.test());
    }

    private static ClickRecorded click(Reader in) {
        return new ClickRecorded(
                recordId(in),
                in.number(3),
                in.number(4),
                subject(in, 5),
                in.text(10),
                in.text(11),
                in.text(12),
                in.text(13),
                in.text(14),
                in.number(15) - 1,
                in.text(16),
                in.number(17) - 1,
                in.map(18),
                in.map(19),
                in.flag(20),
                in.text(21),
                in.flag(22),
                in.bytes(23),
                in.flag(24));
    }

    private static Writer postback(PostbackReceived postback) {
        var out =
                head(POSTBACK, postback)
                        .text(10, postback.feed().word())
                        .text(11, postback.sender())
                        .text(12, postback.clickId())
                        .text(13, postback.clickParameter())
                        .text(14, postback.clickValue())
                        .text(
                                15,
                                Optional.ofNullable(postback.refusal())
                                        .map(Reason::code)
                                        .orElse(""))
                        .text(16, postback.detail());
        for (var param : postback.params().list()) {
            out.record(
                    17,
                    Writer.nested()
                            .text(1, param.name())
                            .text(2, param.value())
                            .flag(3, !param.isIntact()));
        }
        out.texts(18, postback.tokenFingerprints())
                .texts(19, postback.refusingSenders())
                .bytes(20, postback.personalHash());
        postback.signatures().forEach(evidence -> out.record(21, evidence(evidence)));
        return out.flag(22, postback.test());
    }

    private static Writer evidence(Evidence evidence) {
        var out = Writer.nested().text(1, evidence.sender());
        return switch (evidence) {
            case Verified(_, var keyId, var signedAt, var nonce) ->
                    out.text(2, keyId).number(3, signedAt).text(4, nonce);
            case Failed(_, var detail) -> out.text(5, detail);
        };
    }

    private static Evidence evidence(Reader in) {
        return in.has(2)
                ? new Verified(in.text(1), in.text(2), in.number(3), in.text(4))
                : new Failed(in.text(1), in.text(5));
    }

    private static PostbackReceived postback(Reader in) {
        List<Param> params = new ArrayList<>();
        for (var param : in.records(17)) {
            params.add(new Param(param.text(1), param.text(2), !param.flag(3)));
        }
        return new PostbackReceived(
                recordId(in),
                in.number(3),
                in.number(4),
                subject(in, 5),
                feed(in.text(10)),
                in.text(11),
                in.text(12),
                in.text(13),
                in.text(14),
                in.has(15) ? reason(in.text(15)) : null,
                in.text(16),
                new Params(params),
                in.texts(18),
                in.texts(19),
                in.bytes(20),
                in.records(21).stream().map(EventCodec::evidence).toList(),
                in.flag(22));
    }

    static Reason reason(String code) {
        return Reason.ofCode(code).orElseThrow(() -> new CorruptRecord("reason '" + code + "'"));
    }

    private static Feed feed(String word) {
        for (var feed : Feed.values()) {
            if (feed.word().equals(word)) {
                return feed;
            }
        }
        throw new CorruptRecord("feed '" + word + "'");
    }

    private static Writer attempt(DeliveryAttempted attempt) {
        return head(DELIVERY_ATTEMPT, attempt)
                .number(10, attempt.delivery())
                .number(11, attempt.attempt())
                .text(12, attempt.result().name())
                .text(13, attempt.url())
                .number(14, attempt.httpStatus())
                .text(15, attempt.note())
                .number(16, attempt.durationMillis())
                .number(17, attempt.nextAt());
    }

    private static DeliveryAttempted attempt(Reader in) {
        return new DeliveryAttempted(
                recordId(in),
                in.number(3),
                in.number(4),
                subject(in, 5),
                (int) in.number(10),
                (int) in.number(11),
                AttemptResult.valueOf(in.text(12)),
                in.text(13),
                (int) in.number(14),
                in.text(15),
                in.number(16),
                in.number(17));
    }

    private static Writer reviewed(Reviewed reviewed) {
        var out =
                head(REVIEWED, reviewed)
                        .number(10, reviewed.reviewed().high())
                        .number(11, reviewed.reviewed().low())
                        .text(12, reviewed.verdict().name())
                        .text(13, reviewed.by())
                        .text(14, reviewed.note());
        return correction(out, reviewed.correction());
    }

    /// In tags 15 to 19.
    private static Writer correction(Writer out, Correction correction) {
        out.text(15, Optional.ofNullable(correction.status()).map(Status::word).orElse(""))
                .text(16, correction.eventType());
        micros(out, 17, correction.payoutMicros());
        return out.text(18, correction.currency()).text(19, correction.txid());
    }

    private static void micros(Writer out, int tag, @Nullable Long micros) {
        if (micros != null) {
            // A record of its own, so that 0 (left out) is not "as it was".
            out.record(tag, Writer.nested().number(1, micros));
        }
    }

    private static @Nullable Long micros(Reader in, int tag) {
        return in.has(tag) ? in.records(tag).getFirst().number(1) : null;
    }

    private static Reviewed reviewed(Reader in) {
        return new Reviewed(
                recordId(in),
                in.number(3),
                in.number(4),
                subject(in, 5),
                new RecordId(in.number(10), in.number(11)),
                Verdict.valueOf(in.text(12)),
                in.text(13),
                in.text(14),
                correction(in));
    }

    private static Correction correction(Reader in) {
        return new Correction(
                in.has(15) ? status(in.text(15)) : null,
                in.text(16),
                micros(in, 17),
                in.text(18),
                in.text(19));
    }

    private static Writer edited(Edited edited) {
        var out =
                head(EDITED, edited)
                        .number(10, edited.conversion().high())
                        .number(11, edited.conversion().low())
                        .text(12, edited.by())
                        .text(13, edited.note());
        correction(out, edited.correction());
        micros(out, 20, edited.valueMicros());
        return out;
    }

    private static Edited edited(Reader in) {
        return new Edited(
                recordId(in),
                in.number(3),
                in.number(4),
                subject(in, 5),
                new RecordId(in.number(10), in.number(11)),
                in.text(12),
                in.text(13),
                correction(in),
                micros(in, 20));
    }

    private static Writer asked(DeliveryAsked asked) {
        return head(DELIVERY_ASKED, asked)
                .text(10, asked.wish().name())
                .number(11, asked.number())
                .text(12, asked.destination())
                .text(13, asked.by());
    }

    private static DeliveryAsked asked(Reader in) {
        return new DeliveryAsked(
                recordId(in),
                in.number(3),
                in.number(4),
                subject(in, 5),
                Wish.valueOf(in.text(10)),
                (int) in.number(11),
                in.text(12),
                in.text(13));
    }

    private static Writer suspected(Suspected suspected) {
        return head(SUSPECTED, suspected)
                .number(10, suspected.conversion().high())
                .number(11, suspected.conversion().low())
                .text(12, suspected.check().word())
                .text(13, suspected.evidence());
    }

    private static Suspected suspected(Reader in) {
        return new Suspected(
                recordId(in),
                in.number(3),
                in.number(4),
                subject(in, 5),
                new RecordId(in.number(10), in.number(11)),
                FraudCheck.ofWord(in.text(12))
                        .orElseThrow(() -> new CorruptRecord("check '" + in.text(12) + "'")),
                in.text(13));
    }

    private static Writer browser(BrowserReported reported) {
        var out = head(BROWSER, reported);
        for (var sight : reported.sights()) {
            out.record(
                    10,
                    Writer.nested()
                            .text(1, sight.name())
                            // Shifted by one, so that 0 (left out) is "none".
                            .number(2, sight.amount() + 1)
                            .text(3, sight.eventId()));
        }
        return out.bytes(11, reported.personalHash());
    }

    private static BrowserReported browser(Reader in) {
        return new BrowserReported(
                recordId(in),
                in.number(3),
                in.number(4),
                subject(in, 5),
                in.records(10).stream()
                        .map(sight -> new Sight(sight.text(1), sight.number(2) - 1, sight.text(3)))
                        .toList(),
                in.bytes(11));
    }

    private static Status status(String word) {
        for (var status : Status.values()) {
            if (status.word().equals(word)) {
                return status;
            }
        }
        throw new CorruptRecord("status '" + word + "'");
    }
}
