package matchback.ledger;

import java.util.List;
import matchback.model.catalog.ApiToken;
import matchback.model.catalog.Permission;
import matchback.model.catalog.Role;
import matchback.model.catalog.User;

/// A user and a token, for the golden files.
final class PeopleSamples {
    private static final long AT = Samples.AT;

    private PeopleSamples() {}

    static User user() {
        return new User(
                "anna",
                "Änne",
                Role.READ_ONLY,
                true,
                "$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw",
                AT,
                true,
                false);
    }

    static ApiToken token() {
        return new ApiToken(
                "reports-1",
                "Reports",
                "anna",
                List.of(Permission.CATALOG_READ, Permission.REPORTS),
                "00112233445566778899aabbccddeeff",
                AT,
                AT + 86_400_000,
                true);
    }
}
