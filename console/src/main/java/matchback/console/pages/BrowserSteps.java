package matchback.console.pages;

import java.util.ArrayList;
import java.util.List;
import matchback.ledger.Sight;
import matchback.ledger.Snapshot;
import matchback.ledger.state.BrowserTrail;
import matchback.ledger.state.BrowserTrail.Seen;
import matchback.model.Field;
import matchback.model.RecordId;

/// Tells what a visitor's browser saw, each report as a step.
///
/// @param snapshot has the pages, as long as they are not erased
record BrowserSteps(Visit visit, Snapshot snapshot, BrowserTrail trail) {

    /// A step with its time.
    record Told(long at, Step step) {}

    List<Told> told() {
        var told = new ArrayList<Told>();
        var report = new ArrayList<Seen>();
        for (var seen : trail.sights()) {
            if (!report.isEmpty() && !report.getFirst().recordId().equals(seen.recordId())) {
                told.add(step(report));
                report.clear();
            }
            report.add(seen);
        }
        if (!report.isEmpty()) {
            told.add(step(report));
            trail.summary()
                    .filter(summary -> summary.leftOut() > 0)
                    .ifPresent(
                            summary -> told.add(leftOut(told.getLast().at(), summary.leftOut())));
        }
        return told;
    }

    private Told step(List<Seen> report) {
        var first = report.getFirst();
        return told(
                first.at(),
                visit.texts().of("click.seen"),
                report.stream().map(seen -> line(seen.sight())).toList(),
                page(first.recordId()));
    }

    private Told leftOut(long at, int count) {
        var texts = visit.texts();
        return told(
                at,
                texts.of("click.seen_more", visit.formats().count(count)),
                List.of(texts.of("click.seen_limit", BrowserTrail.SIGHTS_MAX)),
                "");
    }

    private Told told(long at, String title, List<String> lines, String page) {
        return new Told(
                at,
                new Step(
                        visit.formats().when(at),
                        "",
                        "click",
                        "click",
                        title,
                        "",
                        "",
                        lines,
                        page,
                        ""));
    }

    private String line(Sight sight) {
        var texts = visit.texts();
        return switch (sight.name()) {
            case Sight.PAGE_VIEW -> texts.of("click.page_view");
            case Sight.SCROLL -> texts.of("click.scroll", sight.amount());
            case Sight.ENGAGED ->
                    texts.of("click.engaged", visit.formats().span(Math.max(0, sight.amount())));
            default -> sight.amount() < 0 ? sight.name() : sight.name() + ' ' + sight.amount();
        };
    }

    private String page(RecordId report) {
        return snapshot.personal(report)
                .map(block -> block.userData().get(Field.PAGE_URL.key()))
                .orElse("");
    }
}
