package matchback.console.pages;

import java.util.ArrayList;
import java.util.List;
import matchback.console.pages.ScriptPage.Snippet;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Offer;

/// Builds the page with the script and the pixels of one campaign.
final class Scripts {
    void show(Visit visit) {
        var found = visit.catalog().campaign(visit.pathParam("key"));
        if (found.isEmpty()) {
            new Errors(visit.site()).notFound(visit);
            return;
        }
        visit.show(visit.site().templates().script(page(visit, found.get())));
    }

    private static ScriptPage page(Visit visit, Campaign campaign) {
        var texts = visit.texts();
        var seen = visit.site().context().vitals().pagesSeen(campaign.key());
        var href = "/campaigns/" + campaign.key();
        return new ScriptPage(
                visit.frame(texts.of("script.title"), Section.CAMPAIGNS),
                campaign.name(),
                href,
                href + "/script",
                seen.map(at -> texts.of("script.seen", visit.formats().age(at.toEpochMilli())))
                        .orElseGet(() -> texts.of("script.unseen")),
                seen.isPresent(),
                snippets(visit, campaign));
    }

    private static List<Snippet> snippets(Visit visit, Campaign campaign) {
        var tracker = visit.site().config().publicUrl();
        var hosts = hosts(visit, campaign);
        var links = hosts.isEmpty() ? "" : " data-links=\"" + String.join(",", hosts) + '"';
        var script =
                "<script async src=\"%s/m.js\" data-campaign=\"%s\"%s"
                        .formatted(tracker, campaign.key(), links);
        var snippets = new ArrayList<Snippet>();
        add(visit, snippets, "tag", script + "></script>");
        add(
                visit,
                snippets,
                "convert",
                """
                window.matchback = window.matchback || [];
                matchback.push(['convert', {event: 'sale', value: 49.90, currency: '%s', txid: 'ORDER_ID'}]);\
                """
                        .formatted(visit.reportCurrency()));
        add(
                visit,
                snippets,
                "pixel",
                "<img src=\"%s/pixel.gif?clickid=CLICK_ID&amp;campaign=%s&amp;event=sale&amp;value=49.90&amp;currency=%s&amp;txid=ORDER_ID\" alt=\"\" width=\"1\" height=\"1\">"
                        .formatted(tracker, campaign.key(), visit.reportCurrency()));
        add(
                visit,
                snippets,
                "frame",
                "<iframe src=\"%s/pixel.html?clickid=CLICK_ID&amp;campaign=%s&amp;event=sale&amp;txid=ORDER_ID\" width=\"1\" height=\"1\" title=\"\"></iframe>"
                        .formatted(tracker, campaign.key()));
        add(
                visit,
                snippets,
                "policy",
                "script-src %1$s; connect-src %1$s; img-src %1$s; frame-src %1$s"
                        .formatted(tracker));
        add(
                visit,
                snippets,
                "consent",
                script
                        + """
                         data-consent="wait"></script>

                        // As soon as the visitor has agreed:
                        matchback.consent(true, {ad_user_data: 'granted', ad_personalization: 'granted'});\
                        """);
        return snippets;
    }

    private static void add(Visit visit, List<Snippet> to, String name, String code) {
        var texts = visit.texts();
        to.add(
                new Snippet(
                        "script-" + name,
                        texts.of("script." + name),
                        texts.of("script." + name + "_text"),
                        code));
    }

    /// The hosts of the offers: links to them carry the click id.
    private static List<String> hosts(Visit visit, Campaign campaign) {
        return campaign.offers().stream()
                .flatMap(weighted -> visit.catalog().offer(weighted.offer()).stream())
                .map(Offer::url)
                .map(Scripts::host)
                .filter(host -> !host.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    private static String host(String url) {
        int from = url.indexOf("://") + 3;
        int to = from;
        while (to < url.length() && "/?#".indexOf(url.charAt(to)) < 0) {
            to++;
        }
        return url.substring(from, to);
    }
}
