package matchback.console.pages;

/// How far a campaign is on its way to the first conversion.
record WaitingPage(Frame frame, Waiting waiting) {}
