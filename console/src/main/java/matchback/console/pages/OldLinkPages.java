package matchback.console.pages;

import java.util.Comparator;
import java.util.List;
import matchback.console.ConsoleContext;
import matchback.console.api.CatalogEditor;
import matchback.console.api.OldLinks;
import matchback.console.api.OldLinks.Done;
import matchback.console.csv.CsvFile.Unreadable;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.OldTracker;

/// Links of other trackers: put in as a table, looked at, taken.
final class OldLinkPages {
    private static final String TEXT = "rows";
    private static final Done NOTHING = new Done(0, 0, 0, List.of());

    private final OldLinks links;

    OldLinkPages(ConsoleContext context, CatalogEditor editor) {
        this.links = new OldLinks(context, editor);
    }

    void show(Visit visit) {
        show(visit, 200, "", "", "", false, NOTHING);
    }

    void take(Visit visit) {
        var text = visit.form(TEXT);
        boolean isPreview = !visit.form("do").equals("take");
        try {
            var done = links.run(text, isPreview, visit.by());
            var said =
                    visit.texts()
                            .of(
                                    isPreview ? "links.would" : "links.done",
                                    visit.formats().count(done.added()),
                                    visit.formats().count(done.unchanged()),
                                    visit.formats().count(done.errors().size()));
            show(visit, 200, isPreview ? text : "", "", said, isPreview && done.added() > 0, done);
        } catch (Unreadable e) {
            show(visit, 422, text, String.valueOf(e.getMessage()), "", false, NOTHING);
        }
    }

    private static void show(
            Visit visit,
            int status,
            String text,
            String problem,
            String said,
            boolean canTake,
            Done done) {
        visit.show(
                status,
                visit.site()
                        .templates()
                        .oldlinks(
                                new OldLinksPage(
                                        visit.frame(
                                                visit.texts().of("links.title"), Section.CAMPAIGNS),
                                        text,
                                        problem,
                                        said,
                                        canTake,
                                        done.errors(),
                                        all(visit),
                                        trackers(visit))));
    }

    private static List<OldLinksPage.Tracker> trackers(Visit visit) {
        long now = visit.site().context().clock().millis();
        return visit.catalog().all(OldTracker.class).values().stream()
                .filter(tracker -> !tracker.archived())
                .sorted(Comparator.comparing(OldTracker::key))
                .map(tracker ->
                        new OldLinksPage.Tracker(
                                tracker.name(),
                                tracker.url(),
                                tracker.lastDay(),
                                tracker.isOver(now),
                                "/old-trackers/" + tracker.key()))
                .toList();
    }

    private static List<OldLinksPage.Link> all(Visit visit) {
        return visit.catalog().all(Campaign.class).values().stream()
                .filter(campaign -> !campaign.archived())
                .sorted(Comparator.comparing(Campaign::name, String.CASE_INSENSITIVE_ORDER))
                .flatMap(campaign ->
                        campaign.links().stream()
                                .map(link ->
                                        new OldLinksPage.Link(
                                                link,
                                                campaign.name(),
                                                "/campaigns/" + campaign.key())))
                .toList();
    }
}
