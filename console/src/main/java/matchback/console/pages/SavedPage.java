package matchback.console.pages;

import java.util.List;

/// What is shown this once of a sender: a new token, a new secret, a new URL.
///
/// @param token empty when there is no new one
/// @param secret of signatures; empty when there is no new one
/// @param kid the id of the secret's key
/// @param urls one, or one for each kind of report
record SavedPage(
        Frame frame,
        String title,
        String token,
        String secret,
        String kid,
        List<Address> urls,
        String onHref) {

    /// @param label what it is, or what it reports
    record Address(String label, String url) {}
}
