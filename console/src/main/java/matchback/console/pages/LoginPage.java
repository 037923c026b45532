package matchback.console.pages;

/// The way in.
///
/// @param next own path to go on to
/// @param problem why the last attempt failed; empty at the first
record LoginPage(Frame frame, String next, String problem) {}
