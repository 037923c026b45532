package matchback.attribute;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import matchback.ledger.Column;
import matchback.ledger.Event.BrowserReported;
import matchback.ledger.Event.LanderClicked;
import matchback.ledger.Fact;
import matchback.ledger.Fact.Kind;
import matchback.ledger.Outcome;
import matchback.ledger.Sight;
import matchback.ledger.state.ClickState;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.ReportState;
import matchback.ledger.state.SubjectState;
import matchback.ledger.state.SuspicionState;
import matchback.model.Feed;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.Status;
import matchback.model.Subject;
import matchback.model.trace.StepKind;
import org.jspecify.annotations.Nullable;

/// Builds the facts about one click, all of one version. The package page lists their columns.
final class Rows {
    static final int CLICK = 0;
    static final int POSTBACK = 0;
    static final int CONVERSION = 1;
    static final int REVERSAL = 2;
    private static final int DELIVERY = 10;

    /// Above the numbers that deliveries caused by the same record have.
    private static final int SIGHT = 1_000_000;

    private final Subject subject;
    private final @Nullable ClickState click;
    private final Map<Column, String> columns;
    private final long version;

    /// @param subject of the events; the click's id when there is a click
    /// @param click null when there is none
    Rows(Subject subject, @Nullable ClickState click, long version) {
        this(subject, click, Map.of(), version);
    }

    /// @param columns of reports and conversions, besides those of the click
    Rows(Subject subject, @Nullable ClickState click, Map<Column, String> columns, long version) {
        this.subject = subject;
        this.click = click;
        this.columns = columns;
        this.version = version;
    }

    /// The click as a visit: replaces its own fact when it had only been fetched ahead. One that is
    /// none (any more) is as its own fact was.
    Fact click(ClickState of) {
        var row =
                dimensions("")
                        .text(Column.CLICK_ID, subject.text())
                        .number(Column.IS_UNIQUE, of.unique() ? 1 : 0)
                        .number(Column.IS_BOT, of.bot().isEmpty() && of.isVisit() ? 0 : 1)
                        .bot(of.bot(), !of.isVisit());
        if (of.costMicros() >= 0) {
            row.number(Column.COST, of.costMicros());
        }
        return row.build(Kind.CLICK, of.recordId(), CLICK, version, of.clickedAt());
    }

    /// @param isFirst whether the visitor had not gone on before
    Fact landerClick(LanderClicked went, ClickState of, boolean isFirst) {
        return dimensions("")
                .text(Column.CLICK_ID, subject.text())
                .number(Column.IS_UNIQUE, isFirst ? 1 : 0)
                .number(Column.IS_BOT, of.bot().isEmpty() ? 0 : 1)
                .build(Kind.LANDER_CLICK, went.recordId(), CLICK, version, went.receivedAt());
    }

    /// @param txid and
    /// @param eventAt as the report says
    Fact postback(ReportState report, String txid, long eventAt) {
        var outcome = report.outcome();
        var row =
                dimensions(report.sender())
                        .number(Column.EVENT_AT, eventAt)
                        .text(Column.CLICK_ID, outcome.clickId())
                        .text(Column.CONVERSION_ID, outcome.conversionId())
                        .text(Column.TXID, txid)
                        .text(Column.EVENT_TYPE, outcome.event())
                        .text(
                                Column.STATUS,
                                Optional.ofNullable(outcome.status()).map(Status::word).orElse(""))
                        .text(Column.FEED, report.feed().word())
                        .text(Column.DECISION, outcome.reason().decision().word())
                        .text(Column.REASON, outcome.reason().code())
                        .text(Column.WARNINGS, codes(outcome.warnings()))
                        .text(Column.DETAIL, outcome.detail())
                        .text(Column.HELD_AS, heldAs(outcome));
        var payout = outcome.payout();
        if (payout != null) {
            row.number(Column.PAYOUT, payout.micros()).text(Column.CURRENCY, payout.currency());
        }
        return row.build(Kind.POSTBACK, report.recordId(), POSTBACK, version, report.receivedAt());
    }

    /// The conversion in its current state, and its reversal if it was reversed.
    ///
    /// @param state has what it is suspected of and what it costs
    List<Fact> conversion(ConversionState conversion, SubjectState state) {
        var suspicions = state.suspicions().of(conversion.recordId());
        var cost = state.costTerm().map(of -> of.costOf(conversion.revenueMicros()));
        var rows = new ArrayList<Fact>(2);
        var row =
                about(conversion)
                        .number(Column.EVENT_AT, conversion.eventAt())
                        .number(Column.REVENUE, conversion.revenueMicros())
                        .number(Column.PAYOUT, conversion.payout().micros())
                        .text(Column.SUSPICIONS, words(suspicions))
                        .text(Column.EVIDENCE, evidence(suspicions));
        var value = conversion.value();
        if (value != null) {
            row.number(Column.ORDER_VALUE, value.micros());
        }
        conversion.serverAfterBrowser().ifPresent(gap -> row.number(Column.FEED_GAP, gap));
        cost.ifPresent(micros -> row.number(Column.COST, micros));
        rows.add(
                row.build(
                        Kind.CONVERSION,
                        conversion.recordId(),
                        CONVERSION,
                        version,
                        conversion.receivedAt()));
        var reversal = conversion.reversal();
        if (reversal != null) {
            var back =
                    about(conversion)
                            .number(Column.EVENT_AT, conversion.reversedAt())
                            .number(Column.REVENUE, -conversion.revenueMicros())
                            .number(Column.PAYOUT, -conversion.payout().micros());
            cost.ifPresent(micros -> back.number(Column.COST, -micros));
            rows.add(
                    back.build(
                            Kind.REVERSAL, reversal, REVERSAL, version, conversion.reversedAt()));
        }
        return rows;
    }

    private Fact.Builder about(ConversionState conversion) {
        return dimensions(conversion.sender())
                .text(Column.CLICK_ID, click == null ? "" : subject.text())
                .text(Column.CONVERSION_ID, conversion.id())
                .text(Column.TXID, conversion.txid())
                .text(Column.EVENT_TYPE, conversion.eventType())
                .text(Column.STATUS, conversion.status().word())
                .text(Column.FEED, conversion.feeds().getFirst().word())
                .text(Column.FEEDS, words(conversion.feeds().stream().map(Feed::word).sorted()))
                .text(Column.WITNESSES, conversion.witnesses().word())
                .text(Column.CURRENCY, conversion.payout().currency());
    }

    /// @param sender key of the sender of its conversion, or of the report that is handed on
    Fact delivery(DeliveryState delivery, String sender) {
        boolean isOfClick = !delivery.conversionId().isEmpty() || click != null;
        var row =
                dimensions(sender)
                        .text(Column.CLICK_ID, isOfClick ? subject.text() : "")
                        .text(Column.CONVERSION_ID, delivery.conversionId())
                        .text(Column.TXID, delivery.values().getOrDefault("txid", ""))
                        .text(Column.EVENT_TYPE, delivery.values().getOrDefault("event", ""))
                        .text(Column.STATUS, delivery.values().getOrDefault("status", ""))
                        .text(Column.DESTINATION, delivery.destination())
                        .text(Column.DELIVERY_STATE, delivery.progress().word())
                        .number(Column.DELIVERY_NUMBER, delivery.number())
                        .number(Column.ATTEMPTS, delivery.attemptsMade());
        if (delivery.dueAt() != 0) {
            row.number(Column.NEXT_AT, delivery.dueAt());
        }
        if (!delivery.attempts().isEmpty()) {
            var last = delivery.attempts().getLast();
            row.number(Column.HTTP_STATUS, last.httpStatus()).text(Column.DETAIL, last.note());
        }
        return row.build(
                Kind.DELIVERY,
                delivery.cause(),
                DELIVERY + delivery.number(),
                version,
                delivery.createdAt());
    }

    /// Something that the click's visitor did in the browser.
    ///
    /// @param index within its report
    Fact sight(BrowserReported report, Sight sight, int index, ClickState of) {
        var row =
                dimensions("")
                        .text(Column.CLICK_ID, subject.text())
                        .text(Column.EVENT_TYPE, sight.name())
                        .text(Column.FEED, Feed.BROWSER.word())
                        .number(Column.IS_BOT, of.bot().isEmpty() ? 0 : 1);
        if (sight.amount() >= 0) {
            row.number(Column.AMOUNT, sight.amount());
        }
        return row.build(
                Kind.BROWSER_EVENT, report.recordId(), SIGHT + index, version, report.receivedAt());
    }

    /// Takes the place of a fact that holds no longer.
    Fact withdrawn(RecordId recordId, int index, long at) {
        return new Fact.Builder().build(Kind.WITHDRAWN, recordId, index, version, at);
    }

    private Fact.Builder dimensions(String sender) {
        var row = new Fact.Builder().text(Column.SENDER, sender);
        columns.forEach(row::text);
        if (click != null) {
            row.number(Column.CLICK_AT, click.clickedAt())
                    .text(Column.CAMPAIGN, click.campaign())
                    .text(Column.SOURCE, click.source())
                    .text(Column.OFFER, click.offer())
                    .text(Column.CREATIVE, click.creative())
                    .text(Column.EXTERNAL_ID, click.externalId())
                    .text(Column.BOT, click.bot())
                    .words(click.subs())
                    .words(click.traits());
        }
        return row;
    }

    private static String heldAs(Outcome outcome) {
        return outcome.steps().stream()
                .filter(step -> step.kind() == StepKind.REVIEWED)
                .map(step -> step.values().getFirst())
                .findFirst()
                .orElse("");
    }

    private static String words(Stream<String> words) {
        return String.join(",", words.toList());
    }

    private static String words(List<SuspicionState> suspicions) {
        return words(suspicions.stream().map(s -> s.check().word()));
    }

    private static String evidence(List<SuspicionState> suspicions) {
        return String.join("; ", suspicions.stream().map(SuspicionState::evidence).toList());
    }

    private static String codes(List<Reason> warnings) {
        return String.join(",", warnings.stream().map(Reason::code).toList());
    }
}
