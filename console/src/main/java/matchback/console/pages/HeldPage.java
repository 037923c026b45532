package matchback.console.pages;

import java.util.List;

/// The queue of held postbacks.
///
/// @param count how many fit the filters
/// @param done what the last verdict on all of them did; empty for none
/// @param action where a verdict on all of them is sent to, with the filters that are set
/// @param fields what all of them can be told
record HeldPage(
        Frame frame,
        Filters filters,
        List<HeldRow> rows,
        String count,
        String done,
        String action,
        List<FormField> fields,
        Nothing nothing,
        Pager pager) {}
