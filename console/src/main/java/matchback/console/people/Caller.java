package matchback.console.people;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import matchback.model.catalog.ApiToken;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Permission;
import matchback.model.catalog.User;

/// Who makes a request, and what they may do.
///
/// @param by as the ledger names them: `user:anna`, `token:reports`, `token:admin`
/// @param user key of the user they are, or whose token they showed; empty: of the installation
/// @param moneyMasked whether amounts are hidden from them
/// @param isPasswordDue whether they must choose a password before anything else
/// @param isSession whether they have a session rather than showed a token
public record Caller(
        String by,
        String user,
        Set<Permission> permissions,
        boolean moneyMasked,
        boolean isPasswordDue,
        boolean isSession) {
    private static final String USER = "user:";
    private static final String TOKEN = "token:";

    /// Key that no token may have: the ledger names the installation's own token so.
    public static final String ADMIN_KEY = "admin";

    /// The installation's token, shown in a request.
    static final Caller ADMIN_TOKEN = installation(TOKEN + ADMIN_KEY, false);

    /// A session opened with the installation's token.
    static final Caller ADMIN_SESSION = installation("console:" + ADMIN_KEY, true);

    public Caller {
        permissions = Set.copyOf(permissions);
    }

    private static Caller installation(String by, boolean isSession) {
        return new Caller(by, "", EnumSet.allOf(Permission.class), false, false, isSession);
    }

    static Caller of(User user) {
        return new Caller(
                USER + user.key(),
                user.key(),
                user.role().permissions(),
                user.moneyMasked(),
                user.passwordGiven(),
                true);
    }

    /// Whoever a token of the catalog speaks for; empty when it opens nothing.
    ///
    /// @param fingerprint of the token's text
    /// @param at epoch milliseconds
    public static Optional<Caller> ofToken(Catalog catalog, String fingerprint, long at) {
        return catalog.tokenOf(fingerprint)
                .filter(token -> token.isValid(at))
                .flatMap(token -> of(catalog, token));
    }

    private static Optional<Caller> of(Catalog catalog, ApiToken token) {
        var by = TOKEN + token.key();
        if (token.user().isEmpty()) {
            var all = EnumSet.allOf(Permission.class);
            return Optional.of(new Caller(by, "", token.within(all), false, false, false));
        }
        return catalog.user(token.user())
                .filter(user -> !user.archived())
                .map(user ->
                        new Caller(
                                by,
                                user.key(),
                                token.within(user.role().permissions()),
                                user.moneyMasked(),
                                false,
                                false));
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    /// Whoever the ledger names, in words; what is nobody of the catalog stays as it is.
    public static String name(Catalog catalog, String by) {
        if (by.startsWith(USER)) {
            return catalog.user(by.substring(USER.length())).map(User::name).orElse(by);
        }
        if (by.startsWith(TOKEN)) {
            var token = catalog.all(ApiToken.class).get(by.substring(TOKEN.length()));
            if (token != null) {
                var owner = catalog.user(token.user()).map(user -> " (" + user.name() + ')');
                return token.name() + owner.orElse("");
            }
        }
        return by;
    }
}
