package matchback.console.pages;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import matchback.model.catalog.ApiToken;
import matchback.model.catalog.Permission;
import matchback.model.catalog.User;

/// Lists tokens: those in force first, then the newest.
final class TokenRows {
    private TokenRows() {}

    /// @param revoking path under which a token's key and `/revoke` stand
    static List<TokenRow> of(Visit visit, Predicate<ApiToken> which, String revoking) {
        long now = visit.formats().now();
        return visit.catalog().all(ApiToken.class).values().stream()
                .filter(which)
                .sorted(
                        Comparator.comparing((ApiToken token) -> !token.isValid(now))
                                .thenComparing(ApiToken::madeAt, Comparator.reverseOrder())
                                .thenComparing(ApiToken::key))
                .map(token -> row(visit, token, revoking))
                .toList();
    }

    private static TokenRow row(Visit visit, ApiToken token, String revoking) {
        var formats = visit.formats();
        return new TokenRow(
                token.key(),
                token.name(),
                visit.catalog()
                        .user(token.user())
                        .map(User::name)
                        .orElse(visit.texts().of("account.installation")),
                token.scopes().stream()
                        .map(scope -> name(visit, scope))
                        .collect(Collectors.joining(" · ")),
                formats.when(token.madeAt()),
                formats.when(token.until()),
                formats.when(visit.site().access().lastUsed(token.key())),
                state(visit, token),
                token.archived() ? "" : revoking + token.key() + "/revoke");
    }

    private static String state(Visit visit, ApiToken token) {
        if (token.archived()) {
            return "revoked";
        }
        if (!token.isValid(visit.formats().now())) {
            return "over";
        }
        boolean isOwned =
                token.user().isEmpty()
                        || visit.catalog()
                                .user(token.user())
                                .filter(user -> !user.archived())
                                .isPresent();
        return isOwned ? "" : "ownerless";
    }

    /// A permission in words.
    static String name(Visit visit, Permission permission) {
        return visit.texts().of("permission." + permission.word());
    }
}
