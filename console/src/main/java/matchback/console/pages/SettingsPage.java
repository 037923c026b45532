package matchback.console.pages;

import java.util.List;

/// How this reader wants times and colours.
///
/// @param back own path to return to
/// @param zones names to choose from
record SettingsPage(Frame frame, String back, List<String> zones) {}
