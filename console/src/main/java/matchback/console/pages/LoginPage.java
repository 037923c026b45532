package matchback.console.pages;

/// The way in.
///
/// @param next own path to go on to
/// @param problem why the last attempt failed; empty at the first
/// @param login that was typed
/// @param hasUsers whether anybody can log in with a password
/// @param isToken whether the problem is with the token, or the token is the only way
public record LoginPage(
        Frame frame,
        String next,
        String problem,
        String login,
        boolean hasUsers,
        boolean isToken) {}
