package matchback.console.pages;

/// A sender's new token, shown this once.
record SavedPage(Frame frame, String title, String token, String url, String onHref) {}
