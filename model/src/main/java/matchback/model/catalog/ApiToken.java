package matchback.model.catalog;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A token that opens the API. It may do what its scopes say and its owner may do too.
///
/// @param user key of its owner; empty: of the installation, which may do everything
/// @param scopes what it may do at most
/// @param fingerprint of its text, which is kept nowhere
/// @param madeAt epoch milliseconds
/// @param until epoch milliseconds at which it ends; 0: when it is revoked
/// @param archived whether it is revoked
public record ApiToken(
        String key,
        String name,
        String user,
        List<Permission> scopes,
        String fingerprint,
        long madeAt,
        long until,
        boolean archived)
        implements Entity {
    public ApiToken {
        scopes = scopes.stream().distinct().sorted().toList();
    }

    /// Whether it opens anything at a time, its owner apart.
    public boolean isValid(long at) {
        return !archived && (until == 0 || at < until);
    }

    /// What is left of its scopes when its owner may do only this.
    public Set<Permission> within(Set<Permission> owners) {
        var left = EnumSet.noneOf(Permission.class);
        scopes.stream().filter(owners::contains).forEach(left::add);
        return left;
    }

    /// The same token, revoked or not.
    public ApiToken with(boolean isRevoked) {
        return new ApiToken(key, name, user, scopes, fingerprint, madeAt, until, isRevoked);
    }
}
