package matchback.console.pages;

import java.util.List;

/// The live overview.
///
/// @param day today's date
/// @param asOf the clock's time when this was read
/// @param announce read out when it changes
/// @param alerts what is wrong just now
/// @param todos the way to the first campaign; empty once it has been gone
/// @param refusals reasons of postbacks refused or held in the last 24 hours
record OverviewPage(
        Frame frame,
        String day,
        String asOf,
        String announce,
        List<AlertRow> alerts,
        List<Todo> todos,
        List<Figure> figures,
        List<Breakdown> breakdowns,
        List<Hour> hours,
        List<ConversionRow> conversions,
        List<Refusal> refusals) {

    /// @param state `done`, `now` or `later`
    /// @param code a command; empty for none
    /// @param href a page; empty for none
    record Todo(
            String id,
            String state,
            String title,
            String text,
            String code,
            String href,
            String action) {}

    /// One figure of the strip.
    ///
    /// @param note how it compares with yesterday
    record Figure(
            String id,
            String label,
            String value,
            String unit,
            String tone,
            String note,
            String href) {}

    /// What today is made of, as a chart that is a table.
    ///
    /// @param word of the dimension
    /// @param label its name
    /// @param href the whole report
    record Breakdown(String word, String title, String label, String href, List<Bar> bars) {}

    /// @param percent its clicks by those of the longest bar
    record Bar(
            String label,
            String href,
            String clicks,
            String conversions,
            String revenue,
            int percent) {}

    /// @param second epoch seconds of its beginning
    record Hour(
            long second,
            String label,
            String clicks,
            String conversions,
            Cash revenue,
            Cash cost,
            Cash profit,
            String clicksValue,
            String revenueValue,
            String costValue) {}

    /// @param percent its share of the most frequent one
    record Refusal(
            String code,
            String decision,
            String message,
            String advice,
            String count,
            int percent,
            String href) {}
}
