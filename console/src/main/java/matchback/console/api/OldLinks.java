package matchback.console.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.console.ConsoleContext;
import matchback.console.api.CatalogEditor.Change;
import matchback.console.csv.CsvFile.Unreadable;
import matchback.console.csv.Table;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.OldLink;

/// Leads links of another tracker to campaigns, many at once: rows with a link and a campaign.
public final class OldLinks {
    /// Rows taken at once.
    public static final int ROWS_MAX = 10_000;

    private static final List<String> LINK_NAMES =
            List.of("link", "url", "old_link", "campaign url", "tracking link", "alias", "path");
    private static final List<String> CAMPAIGN_NAMES =
            List.of("campaign", "campaign key", "key", "name", "campaign name");
    private static final String CAMPAIGNS = "campaigns";

    private final ConsoleContext context;
    private final CatalogEditor editor;

    /// What became of rows, or would.
    ///
    /// @param added links that lead to a campaign now
    /// @param unchanged links that did before
    /// @param errors rows of which nothing was taken
    public record Done(int rows, int added, int unchanged, List<Refused> errors) {}

    public record Refused(long line, String link, String campaign, String message) {}

    /// A row that can be taken.
    private record Pair(Table.Row row, OldLink link, String campaign) {}

    public OldLinks(ConsoleContext context, CatalogEditor editor) {
        this.context = context;
        this.editor = editor;
    }

    /// Reads the rows and, unless it is a preview, takes all that are good. Throws [Unreadable] for
    /// a text that is no such table.
    ///
    /// @param csv with a row of names: `link` and `campaign`
    /// @param by who does it, for example `token:admin`
    public Done run(String csv, boolean isPreview, String by) {
        var table = Table.parse(csv);
        int link = table.column(LINK_NAMES);
        int campaign = table.column(CAMPAIGN_NAMES);
        if (link < 0 || campaign < 0) {
            throw new Unreadable(
                    "The first row must name the columns link and campaign; it has "
                            + String.join(", ", table.names()));
        }
        if (table.rows().size() > ROWS_MAX) {
            throw new Unreadable(table.rows().size() + " rows; at most " + ROWS_MAX);
        }
        var reading = new Reading(context.ledger().catalog());
        table.rows().forEach(row -> reading.read(row, row.cell(link), row.cell(campaign)));
        int added = isPreview ? reading.added() : take(reading, by);
        return new Done(table.rows().size(), added, reading.unchanged, List.copyOf(reading.errors));
    }

    private int take(Reading reading, String by) {
        int added = 0;
        for (var entry : reading.pairs.entrySet()) {
            var problem = take(entry.getKey(), entry.getValue(), by);
            if (problem.isEmpty()) {
                added += entry.getValue().size();
            } else {
                entry.getValue().forEach(pair -> reading.refuse(pair, problem));
            }
        }
        return added;
    }

    /// Adds the links to a campaign; what is wrong, if anything, as one sentence.
    private String take(String campaign, List<Pair> pairs, String by) {
        var found = editor.find(CAMPAIGNS, campaign);
        if (found.isEmpty()) {
            return "The campaign is gone";
        }
        var document = found.get().document();
        var links = document.withArray(CampaignKind.LINKS);
        pairs.forEach(pair -> links.add(pair.link().text()));
        return switch (editor.replace(CAMPAIGNS, campaign, document, found.get().etag(), by)) {
            case Change.Saved _ -> "";
            case Change.Invalid(var problems) -> problems.getFirst().message();
            case Change.Conflict(_, var detail) -> detail;
            case Change.Stale _ -> "Somebody else changed the campaign in the meantime";
            case Change.Missing(var detail) -> detail;
            case Change.Archived _ -> "The campaign is archived";
        };
    }

    /// Sorts rows into good ones and others, against one catalog.
    private static final class Reading {
        private final Catalog catalog;
        private final Map<String, List<Campaign>> byName = new HashMap<>();
        private final Map<OldLink, Pair> seen = new HashMap<>();
        private final Map<String, List<Pair>> pairs = new LinkedHashMap<>();
        private final List<Refused> errors = new ArrayList<>();
        private int unchanged;

        Reading(Catalog catalog) {
            this.catalog = catalog;
            catalog.all(Campaign.class).values().stream()
                    .filter(campaign -> !campaign.archived())
                    .forEach(campaign ->
                            byName.computeIfAbsent(
                                            campaign.name().toLowerCase(java.util.Locale.ROOT),
                                            _ -> new ArrayList<>())
                                    .add(campaign));
        }

        void read(Table.Row row, String written, String named) {
            if (written.isEmpty() && named.isEmpty()) {
                return;
            }
            if (written.isEmpty()) {
                refuse(row, written, named, "The link is missing");
                return;
            }
            switch (OldLink.parse(written)) {
                case OldLink.Parsed.Problem(var message) -> refuse(row, written, named, message);
                case OldLink.Parsed.Link(var link) -> read(row, link, written, named);
            }
        }

        private void read(Table.Row row, OldLink link, String written, String named) {
            var campaign = campaign(named);
            if (campaign.isEmpty()) {
                refuse(row, written, named, unknown(named));
                return;
            }
            var pair = new Pair(row, link, campaign.get().key());
            var earlier = seen.putIfAbsent(link, pair);
            var owner = catalog.campaign(link);
            if (earlier != null && !earlier.campaign().equals(pair.campaign())) {
                refuse(
                        row,
                        written,
                        named,
                        "Line %d leads %s to the campaign \"%s\""
                                .formatted(earlier.row().line(), link.text(), earlier.campaign()));
            } else if (owner.isPresent() && !owner.get().key().equals(pair.campaign())) {
                refuse(
                        row,
                        written,
                        named,
                        "%s leads to the campaign \"%s\" already"
                                .formatted(link.text(), owner.get().key()));
            } else if (owner.isPresent() || earlier != null) {
                unchanged++;
            } else {
                add(pair, campaign.get(), written, named);
            }
        }

        private void add(Pair pair, Campaign campaign, String written, String named) {
            var more = pairs.computeIfAbsent(pair.campaign(), _ -> new ArrayList<>());
            if (campaign.links().size() + more.size() >= OldLink.COUNT_MAX) {
                refuse(
                        pair.row(),
                        written,
                        named,
                        "A campaign has at most " + OldLink.COUNT_MAX + " old links");
            } else {
                more.add(pair);
            }
        }

        /// By its key, else by a name that only one has.
        private Optional<Campaign> campaign(String named) {
            return catalog.campaign(named)
                    .filter(campaign -> !campaign.archived())
                    .or(() ->
                            Optional.ofNullable(
                                            byName.get(named.toLowerCase(java.util.Locale.ROOT)))
                                    .filter(all -> all.size() == 1)
                                    .map(List::getFirst));
        }

        private String unknown(String named) {
            var same = byName.getOrDefault(named.toLowerCase(java.util.Locale.ROOT), List.of());
            return same.size() > 1
                    ? same.size() + " campaigns are named \"" + named + "\"; give the key"
                    : "There is no campaign \""
                            + named
                            + '"'
                            + Nearest.of(named, catalog.all(Campaign.class).keySet())
                                    .map(near -> "; did you mean \"" + near + "\"?")
                                    .orElse("");
        }

        private void refuse(Table.Row row, String link, String campaign, String message) {
            errors.add(new Refused(row.line(), link, campaign, message));
        }

        void refuse(Pair pair, String message) {
            refuse(pair.row(), pair.link().text(), pair.campaign(), message);
        }

        int added() {
            return pairs.values().stream().mapToInt(List::size).sum();
        }
    }
}
