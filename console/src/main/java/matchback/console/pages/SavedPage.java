package matchback.console.pages;

/// What is shown this once of a sender: a new token, a new secret, a new URL.
///
/// @param token empty when there is no new one
/// @param secret of signatures; empty when there is no new one
/// @param kid the id of the secret's key
record SavedPage(
        Frame frame,
        String title,
        String token,
        String secret,
        String kid,
        String url,
        String onHref) {}
