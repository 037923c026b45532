package matchback.console.pages;

/// One token in a list.
///
/// @param owner in words
/// @param scopes in words
/// @param until when it ends; not known: never
/// @param state word of a tag; empty while it is in force
/// @param revokeAction empty when it cannot be revoked any more
public record TokenRow(
        String key,
        String name,
        String owner,
        String scopes,
        When madeAt,
        When until,
        When usedAt,
        String state,
        String revokeAction) {}
