package matchback.console.pages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import matchback.ledger.Event.Edited;
import matchback.ledger.Event.LanderClicked;
import matchback.ledger.state.BrowserTrail;
import matchback.ledger.state.ClickState;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.LanderState;
import matchback.ledger.state.ReportState;
import matchback.ledger.state.SubjectState;
import matchback.model.Reason;
import matchback.model.Subject;
import matchback.model.routing.Choice;

/// Builds the page of one click from its keyed state.
final class ClickStory {

    /// A step with its time and its place among steps of the same time.
    private record Placed(long at, int rank, Step step) {}

    void show(Visit visit) {
        var id = visit.pathParam("id");
        if (id.isEmpty() || id.length() > Subject.CHARS_MAX) {
            new Errors(visit.site()).notFound(visit);
            return;
        }
        var subject = new Subject(id);
        try (var snapshot = visit.site().context().ledger().snapshot()) {
            var state = new SubjectState(snapshot.state(subject), subject);
            var click = state.click();
            var reports = state.reports();
            if (click.isEmpty() && reports.isEmpty()) {
                new Errors(visit.site()).notFound(visit);
                return;
            }
            var steps = new ArrayList<Placed>();
            var teller = new Teller(visit, id, steps);
            click.ifPresent(teller::click);
            new LanderState(snapshot.state(subject), subject).clicks().forEach(teller::landerClick);
            reports.forEach(teller::report);
            var conversions = state.conversions();
            conversions.forEach(conversion -> teller.conversion(conversion, state));
            state.deliveries().forEach(teller::delivery);
            new BrowserSteps(visit, snapshot, new BrowserTrail(snapshot.state(subject), subject))
                    .told()
                    .forEach(told -> teller.place(told.at(), 1, told.step()));
            var texts = visit.texts();
            var page =
                    new ClickPage(
                            visit.frame(texts.of("click.title", id), Section.NONE),
                            id,
                            click.map(c -> ClickFacts.of(visit, snapshot, c)).orElse(List.of()),
                            inOrder(visit, steps),
                            edits(visit, id, conversions),
                            Hearings.of(visit, subject, ""),
                            reports.isEmpty() ? tryIt(visit, id) : "");
            visit.show(visit.site().templates().click(page));
        }
    }

    private static List<Detail> edits(Visit visit, String id, List<ConversionState> conversions) {
        return conversions.stream()
                .map(conversion ->
                        Detail.link(
                                EditPages.about(visit, conversion),
                                visit.texts().of("edit.link"),
                                "/clicks/"
                                        + Visit.encode(id)
                                        + "/conversions/"
                                        + conversion.id()
                                        + "/edit"))
                .toList();
    }

    private static String tryIt(Visit visit, String id) {
        return "curl '"
                + visit.site().config().publicUrl()
                + "/postback?clickid="
                + id
                + "&payout=12.50&txid=TEST1'";
    }

    private static List<Step> inOrder(Visit visit, List<Placed> steps) {
        var sorted =
                steps.stream()
                        .sorted(Comparator.comparingLong(Placed::at).thenComparingInt(Placed::rank))
                        .toList();
        var told = new ArrayList<Step>();
        long before = 0;
        for (var placed : sorted) {
            long seconds = (placed.at() - before) / 1000;
            var step = placed.step();
            var gap =
                    before == 0 || seconds < 1
                            ? ""
                            : visit.texts().of("time.later", visit.formats().span(seconds));
            told.add(
                    new Step(
                            step.at(),
                            gap,
                            step.tone(),
                            step.icon(),
                            step.title(),
                            step.tag(),
                            step.code(),
                            step.lines(),
                            step.url(),
                            step.href()));
            before = placed.at();
        }
        return told;
    }

    /// Tells each part of the state as steps.
    private record Teller(Visit visit, String id, List<Placed> steps) {

        void click(ClickState click) {
            var texts = visit.texts();
            var names = new Names(visit.catalog());
            var chosen = click.traits().getOrDefault(Choice.FIRST_OFFER, click.offer());
            var lines = new ArrayList<String>();
            lines.add(
                    texts.of(
                            "click.step_line",
                            names.campaign(click.campaign()),
                            names.offer(chosen)));
            lines.addAll(RouteStory.lines(visit, click, names.offer(chosen)));
            if (!click.bot().isEmpty()) {
                lines.add(texts.of("click.bot_step", ClickFacts.bot(texts, click.bot())));
            }
            place(
                    click.clickedAt(),
                    0,
                    new Step(
                            visit.formats().when(click.clickedAt()),
                            "",
                            "click",
                            "click",
                            texts.of("click.step"),
                            "",
                            "",
                            lines,
                            "",
                            ""));
        }

        void landerClick(LanderClicked went) {
            var texts = visit.texts();
            var offer = new Names(visit.catalog()).offer(went.offer());
            place(
                    went.receivedAt(),
                    0,
                    new Step(
                            visit.formats().when(went.receivedAt()),
                            "",
                            "click",
                            "landers",
                            texts.of("click.lander_step"),
                            "",
                            "",
                            List.of(
                                    went.button() == 0
                                            ? texts.of("click.lander_line", offer)
                                            : texts.of(
                                                    "click.lander_button",
                                                    Integer.toString(went.button()),
                                                    offer)),
                            "",
                            ""));
        }

        void report(ReportState report) {
            var outcome = report.outcome();
            var decision = outcome.reason().decision().word();
            var lines = new ArrayList<String>();
            lines.add(outcome.reason().message());
            if (!outcome.detail().isEmpty()) {
                lines.add(visit.formats().sentence(outcome.detail()));
            }
            outcome.warnings().stream()
                    .filter(w -> !Lists.SENDERS_OWN.contains(w.code()))
                    .forEach(w -> lines.add(visit.texts().of("click.warning", w.message())));
            var sender = new Names(visit.catalog()).sender(report.sender());
            place(
                    report.receivedAt(),
                    1,
                    new Step(
                            visit.formats().when(report.receivedAt()),
                            "",
                            decision,
                            mark(outcome.reason()),
                            sender.isEmpty()
                                    ? visit.texts().of("click.postback")
                                    : visit.texts().of("click.postback_of", sender),
                            decision,
                            outcome.reason().code(),
                            lines,
                            "",
                            "/postbacks/" + report.recordId()));
        }

        void conversion(ConversionState conversion, SubjectState state) {
            var texts = visit.texts();
            for (var change : conversion.changes()) {
                var edit = state.edit(change.recordId());
                var payout = visit.formats().cash(change.payout());
                var name =
                        conversion.txid().isEmpty()
                                ? conversion.eventType()
                                : conversion.eventType() + ' ' + conversion.txid();
                place(
                        change.at(),
                        2,
                        new Step(
                                visit.formats().when(change.at()),
                                "",
                                change.status().word(),
                                "conversions",
                                texts.of("click.conversion", name),
                                change.status().word(),
                                "",
                                edit.isPresent()
                                        ? edited(edit.get(), payout)
                                        : List.of(
                                                texts.of(
                                                        "click.conversion_line",
                                                        payout.text() + ' ' + payout.currency(),
                                                        change.feed().word())),
                                "",
                                ""));
            }
        }

        private List<String> edited(Edited edit, Cash payout) {
            var lines = new ArrayList<String>();
            lines.add(
                    visit.texts()
                            .of(
                                    "click.edited",
                                    payout.text() + ' ' + payout.currency(),
                                    visit.nameOf(edit.by())));
            if (!edit.note().isEmpty()) {
                lines.add(edit.note());
            }
            return lines;
        }

        void delivery(DeliveryState delivery) {
            var texts = visit.texts();
            var formats = visit.formats();
            var name = new Names(visit.catalog()).destination(delivery.destination());
            for (var attempt : delivery.attempts()) {
                var result = attempt.result().name().toLowerCase(java.util.Locale.ROOT);
                var answer =
                        attempt.httpStatus() == 0
                                ? texts.of("click.no_answer", attempt.durationMillis())
                                : texts.of(
                                        "click.answer",
                                        attempt.httpStatus(),
                                        attempt.durationMillis());
                place(
                        attempt.at(),
                        3,
                        new Step(
                                formats.when(attempt.at()),
                                "",
                                result,
                                "deliveries",
                                texts.of("click.delivery", name, attempt.number()),
                                result,
                                "",
                                attempt.note().isEmpty()
                                        ? List.of(answer)
                                        : List.of(answer, attempt.note()),
                                attempt.url(),
                                ""));
            }
            if (delivery.dueAt() > 0) {
                place(
                        Math.max(delivery.dueAt(), formats.now()),
                        4,
                        new Step(
                                formats.when(delivery.dueAt()),
                                "",
                                "waiting",
                                "hold",
                                texts.of("click.next_try", name),
                                "waiting",
                                "",
                                List.of(formats.age(delivery.dueAt())),
                                "",
                                ""));
            }
        }

        private void place(long at, int rank, Step step) {
            steps.add(new Placed(at, rank, step));
        }

        private static String mark(Reason reason) {
            return switch (reason.decision()) {
                case COUNTED -> "check";
                case UPDATED -> "change";
                case DUPLICATE -> "same";
                case HELD -> "hold";
                case REFUSED -> "cross";
            };
        }
    }
}
