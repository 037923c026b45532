package matchback.console.pages;

import java.util.List;

/// The kinds of destinations to choose from.
record DestinationTypesPage(Frame frame, List<Kind> kinds) {
    record Kind(String name, String summary, String href) {}
}
