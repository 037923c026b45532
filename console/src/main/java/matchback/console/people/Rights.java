package matchback.console.people;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import matchback.model.catalog.Permission;

/// Who may take which route of console and API: one table, in `rights.txt`.
///
/// A line has a method, a path as the router writes it, and who may: `open` for anybody, `own` for
/// everybody in a session, `due` for them also while they have to choose a password, else the
/// permission it needs; `, money` behind it closes the route to those from whom money is hidden,
/// because what it shows or takes cannot be told without. HEAD goes with GET. A route that has no
/// line is for those who may do everything.
public final class Rights {
    private static final String TABLE = "rights.txt";
    private static final String MONEY = ", money";
    private static final Right UNKNOWN = new Right(Who.PERMITTED, Permission.PEOPLE, true);

    private final Map<String, Right> rights;

    /// Who may take a route.
    public enum Who {
        ANYBODY,
        /// Everybody in a session. A token has no part in it: it could make itself a wider one.
        LOGGED_IN,
        /// The same, also while they have to choose a password.
        LOGGED_IN_AND_DUE,
        PERMITTED
    }

    /// What a route asks for.
    ///
    /// @param needs meaningful for [Who#PERMITTED]
    /// @param isMoney whether it is closed to those from whom money is hidden
    public record Right(Who who, Permission needs, boolean isMoney) {
        public boolean isOpen() {
            return who == Who.ANYBODY;
        }

        public boolean allows(Caller caller) {
            return switch (who) {
                case ANYBODY -> true;
                case LOGGED_IN_AND_DUE -> caller.isSession();
                case LOGGED_IN -> caller.isSession() && !caller.isPasswordDue();
                case PERMITTED ->
                        caller.may(needs)
                                && !caller.isPasswordDue()
                                && !(isMoney && caller.moneyMasked());
            };
        }
    }

    private Rights(Map<String, Right> rights) {
        this.rights = rights;
    }

    /// The table in the program.
    public static Rights ofJar() {
        try (var in = Rights.class.getResourceAsStream(TABLE)) {
            var text = Objects.requireNonNull(in, TABLE).readAllBytes();
            return parse(new String(text, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Rights parse(String table) {
        var rights = new LinkedHashMap<String, Right>();
        for (var line : table.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            var parts = line.split("\\s+", 3);
            if (parts.length < 3
                    || rights.put(parts[0] + ' ' + parts[1], right(parts[2].strip())) != null) {
                throw new IllegalStateException("not a line of its own: " + line);
            }
        }
        return new Rights(Map.copyOf(rights));
    }

    private static Right right(String words) {
        boolean isMoney = words.endsWith(MONEY);
        var word = isMoney ? words.substring(0, words.length() - MONEY.length()) : words;
        return switch (word) {
            case "open" -> new Right(Who.ANYBODY, Permission.REPORTS, isMoney);
            case "own" -> new Right(Who.LOGGED_IN, Permission.REPORTS, isMoney);
            case "due" -> new Right(Who.LOGGED_IN_AND_DUE, Permission.REPORTS, isMoney);
            default ->
                    new Right(
                            Who.PERMITTED,
                            Permission.ofWord(word)
                                    .orElseThrow(() ->
                                            new IllegalStateException("no permission: " + word)),
                            isMoney);
        };
    }

    /// What a route asks for.
    ///
    /// @param path as the router writes it, for example `/campaigns/:key`
    public Right of(String method, String path) {
        return find(method, path).orElse(UNKNOWN);
    }

    /// The line of a route, if it has one.
    Optional<Right> find(String method, String path) {
        var asked = method.equals("HEAD") ? "GET" : method;
        return Optional.ofNullable(rights.get(asked + ' ' + path));
    }

    /// All lines, by method and path.
    Map<String, Right> lines() {
        return rights;
    }
}
