package matchback.model.catalog;

import static matchback.model.catalog.Permission.CATALOG_READ;
import static matchback.model.catalog.Permission.LOGS;
import static matchback.model.catalog.Permission.PEOPLE;
import static matchback.model.catalog.Permission.REPORTS;
import static matchback.model.catalog.Permission.TRY;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What somebody is here for, and so what they may do.
public enum Role {
    /// Everything, also users and tokens.
    ADMIN(EnumSet.allOf(Permission.class)),
    /// Everything but users and tokens of others.
    MANAGER(EnumSet.complementOf(EnumSet.of(PEOPLE))),
    /// Sees everything and tries things out; changes nothing.
    ANALYST(EnumSet.of(REPORTS, LOGS, CATALOG_READ, TRY)),
    /// Sees numbers and what is set up; no records of single visitors.
    READ_ONLY(EnumSet.of(REPORTS, CATALOG_READ));

    private final Set<Permission> permissions;

    Role(EnumSet<Permission> permissions) {
        this.permissions = Collections.unmodifiableSet(permissions);
    }

    public Set<Permission> permissions() {
        return permissions;
    }

    /// As it is written in the API and on pages: `read-only`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Role> ofWord(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
