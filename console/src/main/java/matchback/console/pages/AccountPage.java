package matchback.console.pages;

import java.util.List;

/// Whoever is logged in: what they may do, their tokens, their sessions.
///
/// @param problem why a token could not be made; empty for none
/// @param done what was just done; empty for nothing
/// @param name in words
/// @param isInstallation whether it is nobody's account, but the installation's token
/// @param permissions in words
/// @param scopes that a token of theirs may have
/// @param ages how long it may be in force
/// @param typed name of the token that could not be made
record AccountPage(
        Frame frame,
        String problem,
        String done,
        String name,
        String login,
        String role,
        boolean isInstallation,
        List<String> permissions,
        int sessions,
        List<TokenRow> tokens,
        List<Option> scopes,
        List<Option> ages,
        String typed) {}
