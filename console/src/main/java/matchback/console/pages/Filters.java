package matchback.console.pages;

import java.util.List;

/// The filters over a list: a search box and some choices.
public record Filters(
        String path,
        String searchLabel,
        String searchHint,
        String search,
        List<Choice> choices,
        boolean isFiltered) {

    /// @param value what is chosen; empty for all
    public record Choice(String name, String label, String value, List<Option> options) {}
}
