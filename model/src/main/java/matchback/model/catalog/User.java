package matchback.model.catalog;

/// Somebody who may log in.
///
/// @param key what they log in with
/// @param moneyMasked whether amounts are hidden from them
/// @param password hash of it with its parameters, in PHC form; never shown
/// @param passwordAt when it was set, in epoch milliseconds
/// @param passwordGiven whether somebody else set it: it opens nothing but the page where they
///   choose their own
public record User(
        String key,
        String name,
        Role role,
        boolean moneyMasked,
        String password,
        long passwordAt,
        boolean passwordGiven,
        boolean archived)
        implements Entity {

    /// The same user in or out of use.
    public User with(boolean isArchived) {
        return new User(
                key, name, role, moneyMasked, password, passwordAt, passwordGiven, isArchived);
    }

    /// The same user with a password of their own.
    public User withPassword(String hash, long at) {
        return new User(key, name, role, moneyMasked, hash, at, false, archived);
    }
}
