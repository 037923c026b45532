package matchback.console.pages;

import java.util.List;

/// The list of conversions.
record ConversionsPage(
        Frame frame, Filters filters, List<ConversionRow> rows, Nothing nothing, Pager pager) {}
