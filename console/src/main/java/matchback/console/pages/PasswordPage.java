package matchback.console.pages;

/// Where somebody chooses a password.
///
/// @param isDue whether they must, because somebody else set the one they have
/// @param field which one the problem is with: `old`, `new`, `again`; empty for none
record PasswordPage(Frame frame, String login, boolean isDue, String field, String problem) {}
