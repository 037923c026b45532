package matchback.console.pages;

/// What an empty list says: why it is empty, and what to do next.
///
/// @param code a command to run; empty for none
/// @param href a page to go to; empty for none
/// @param action what the link is called
public record Nothing(String title, String text, String code, String href, String action) {}
