package matchback.console.pages;

import java.util.List;
import matchback.console.pages.ThingsPage.NumberCell;

/// What Apple's devices reported in a period, and the apps they report about.
///
/// @param addresses where devices post to
/// @param only whose numbers the tables show: all apps' or one's; empty with one app or none
/// @param tables the same postbacks, told apart in different ways; none when there are none
/// @param numberHeaders of the apps' numbers
record ApplePage(
        Frame frame,
        List<Preset> presets,
        List<Address> addresses,
        List<Preset> only,
        List<Table> tables,
        List<String> numberHeaders,
        List<App> rows,
        Nothing nothing) {

    /// @param infoKey under which an app names it
    record Address(String protocol, String url, String infoKey) {}

    /// @param href its settings
    record App(
            String key, String name, String href, boolean takesTests, List<NumberCell> numbers) {}

    /// @param headers of the texts
    /// @param numberHeaders of the numbers behind them
    record Table(
            String id,
            String title,
            String note,
            List<String> headers,
            List<String> numberHeaders,
            List<Row> rows) {}

    record Row(List<String> texts, List<NumberCell> numbers) {}
}
