package matchback.console.pages;

import java.util.List;

/// Where a held postback is decided.
///
/// @param needed the fields an approval must name
/// @param others fields it may name besides
/// @param problem empty for none
record ReviewPanel(String action, List<FormField> needed, List<FormField> others, String problem) {}
