package matchback.console.pages;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import matchback.console.api.ReplayJob;
import matchback.console.api.ReplayJob.State;
import matchback.console.pages.ReplayJobPage.Change;
import matchback.console.pages.ReplayJobPage.Reasons;
import matchback.console.pages.ReplayJobPage.Side;
import matchback.console.pages.ReplayJobPage.Skipped;
import matchback.console.pages.ReplayJobPage.Sum;
import matchback.ledger.Outcome;
import matchback.ledger.replay.ReplayChange;
import matchback.ledger.replay.ReplayPreview;
import matchback.ledger.replay.ReplayResult;
import matchback.ledger.replay.ReplaySummary;
import matchback.model.Subject;
import org.jspecify.annotations.Nullable;

/// The page of one replay.
final class ReplayStory {
    /// Changes shown; the API lists them all.
    private static final int CHANGES_MAX = 100;

    private final Visit visit;
    private final ReplayJob job;
    private final ReplayJob.Now now;
    private final Formats formats;
    private final Texts texts;

    ReplayStory(Visit visit, ReplayJob job) {
        this.visit = visit;
        this.job = job;
        this.now = job.now();
        this.formats = visit.formats();
        this.texts = visit.texts();
    }

    /// @param trouble why it was not applied; empty when nobody tried
    /// @param again `again` when what changed since may be tried out again; else empty
    void show(int status, String trouble, String again) {
        var preview = now.preview();
        var summary = preview == null ? null : preview.summary();
        var notice = trouble.isEmpty() ? notice(summary) : trouble;
        visit.show(
                status,
                visit.site()
                        .templates()
                        .replayed(
                                new ReplayJobPage(
                                        visit.frame(texts.of("replay.title"), Section.REPLAY),
                                        ReplayPages.path(job),
                                        about(),
                                        now.state().word(),
                                        now.isRunning(),
                                        now.isRunning() ? progress() : "",
                                        notice,
                                        trouble.isEmpty() ? tone() : "held",
                                        summary == null ? List.of() : sums(summary),
                                        summary == null ? List.of() : reasons(summary),
                                        preview == null ? List.of() : changes(preview),
                                        preview == null ? "" : more(preview),
                                        summary == null ? List.of() : skipped(summary),
                                        summary == null ? "" : promise(summary),
                                        visit.param("apply").equals("1") || !again.isEmpty(),
                                        !again.isEmpty())));
    }

    private String about() {
        var request = job.request();
        var names = new Names(visit.catalog());
        var senders =
                request.senders().isEmpty()
                        ? texts.of("replay.about_all")
                        : texts.of(
                                "replay.about_senders",
                                String.join(
                                        ", ",
                                        request.senders().stream()
                                                .sorted()
                                                .map(names::sender)
                                                .toList()));
        return texts.of("replay.about", ReplayPages.period(visit, request), senders);
    }

    private String progress() {
        var at = job.progress().at();
        return texts.of(
                "replay.step_" + at.step().word(),
                formats.count(at.done()),
                at.of() == 0 ? "…" : formats.count(at.of()));
    }

    private String notice(@Nullable ReplaySummary summary) {
        return switch (now.state()) {
            case PREVIEWING, APPLYING -> "";
            case READY ->
                    summary != null && summary.changedSubjects() == 0
                            ? texts.of("replay.same", formats.count(summary.records()))
                            : "";
            case APPLIED -> applied(now.result());
            case CANCELLED -> texts.of("replay.cancelled");
            case FAILED -> texts.of("replay.failed", now.trouble());
        };
    }

    private String applied(@Nullable ReplayResult result) {
        if (result == null) {
            return "";
        }
        var clicks = formats.count(result.subjects());
        return result.left().isEmpty()
                ? texts.of("replay.applied", clicks)
                : texts.of("replay.applied_left", clicks, formats.count(result.left().size()));
    }

    private String tone() {
        return switch (now.state()) {
            case READY, APPLIED, PREVIEWING, APPLYING ->
                    now.result() != null && !now.result().left().isEmpty() ? "held" : "counted";
            case CANCELLED -> "held";
            case FAILED -> "refused";
        };
    }

    private List<Sum> sums(ReplaySummary summary) {
        var sums = new ArrayList<Sum>();
        sums.add(
                new Sum(
                        texts.of("replay.decisions", formats.count(summary.records())),
                        "",
                        "",
                        texts.of("replay.change", formats.count(summary.changedRecords()))));
        long conversions = summary.conversionsAfter() - summary.conversionsBefore();
        sums.add(
                new Sum(
                        texts.of("nav.conversions"),
                        formats.count(summary.conversionsBefore()),
                        formats.count(summary.conversionsAfter()),
                        signed(formats.count(Math.abs(conversions)), conversions)));
        long revenue = summary.revenueAfter() - summary.revenueBefore();
        sums.add(
                new Sum(
                        texts.of("metric.revenue") + ' ' + summary.currency(),
                        money(summary.revenueBefore()),
                        money(summary.revenueAfter()),
                        signed(money(Math.abs(revenue)), revenue)));
        sums.add(
                new Sum(
                        texts.of(
                                job.request().deliver()
                                        ? "replay.deliveries_out"
                                        : "replay.deliveries_not"),
                        "",
                        "",
                        formats.count(summary.deliveriesWanted())));
        sums.add(
                new Sum(
                        texts.of("replay.deliveries_cancelled"),
                        "",
                        "",
                        formats.count(summary.cancelled())));
        sums.add(
                new Sum(
                        texts.of("replay.not_retractable"),
                        "",
                        "",
                        formats.count(summary.notRetractable())));
        return sums;
    }

    private String money(long micros) {
        return formats.plain(BigDecimal.valueOf(micros, 6));
    }

    private static String signed(String amount, long sign) {
        return sign == 0 ? "±0" : (sign < 0 ? '−' : '+') + amount;
    }

    private List<Reasons> reasons(ReplaySummary summary) {
        return summary.reasons().entrySet().stream()
                .sorted(
                        Comparator.comparing(entry ->
                                entry.getKey().before().code() + ' ' + entry.getKey().after()))
                .map(entry ->
                        new Reasons(
                                entry.getKey().before().code(),
                                entry.getKey().after().code(),
                                formats.count(entry.getValue())))
                .toList();
    }

    private List<Change> changes(ReplayPreview preview) {
        var names = new Names(visit.catalog());
        return preview.changes().stream()
                .limit(CHANGES_MAX)
                .map(change -> change(change, names))
                .toList();
    }

    private Change change(ReplayChange change, Names names) {
        var place = now.state() == State.APPLIED ? change.after() : change.before();
        var subject =
                place.clickId().isEmpty()
                        ? Subject.record(change.recordId()).text()
                        : place.clickId();
        return new Change(
                "/postbacks/" + Visit.encode(subject) + '/' + change.recordId(),
                formats.when(change.receivedAt()),
                names.sender(change.after().sender()),
                change.before().clickId(),
                change.after().clickId(),
                side(change.before()),
                side(change.after()));
    }

    private Side side(Outcome outcome) {
        var status = outcome.status();
        return new Side(
                outcome.reason().code(),
                status == null ? "" : status.word(),
                formats.cash(outcome.payout()));
    }

    private String more(ReplayPreview preview) {
        int all = preview.changes().size();
        return all <= CHANGES_MAX
                ? ""
                : texts.of(
                        "replay.more",
                        formats.count(CHANGES_MAX),
                        formats.count(all),
                        "/api/v1/replays/" + job.id() + "/changes");
    }

    private static List<Skipped> skipped(ReplaySummary summary) {
        return summary.skipped().stream()
                .limit(CHANGES_MAX)
                .map(one -> new Skipped(one.subject().text(), one.why()))
                .toList();
    }

    /// What applying does, in one sentence; empty when there is nothing to apply.
    private String promise(ReplaySummary summary) {
        if (now.state() != State.READY || summary.changedSubjects() == 0) {
            return "";
        }
        var deliveries =
                job.request().deliver()
                        ? texts.of("replay.promise_out", formats.count(summary.deliveriesWanted()))
                        : texts.of("replay.promise_not");
        return texts.of(
                "replay.promise",
                formats.count(summary.changedRecords()),
                formats.count(summary.changedSubjects()),
                deliveries);
    }
}
