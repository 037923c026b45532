package matchback.console.pages;

import java.util.List;

/// The filters over a list: a search box, some choices and some texts.
public record Filters(
        String path,
        String searchLabel,
        String searchHint,
        String search,
        List<Choice> choices,
        List<Typed> typed,
        boolean isFiltered) {

    /// @param value what is chosen; empty for all
    public record Choice(String name, String label, String value, List<Option> options) {}

    /// @param hint shown while it is empty
    public record Typed(String name, String label, String value, String hint) {}
}
