package matchback.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import matchback.console.people.Passwords;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Role;
import matchback.model.catalog.User;
import org.jspecify.annotations.Nullable;

/// `/users`
record UserKind() implements Kind<User> {
    private static final String ROLE = "role";
    private static final String MONEY_MASKED = "moneyMasked";
    private static final String PASSWORD = "password";
    private static final Set<String> ROLES =
            Arrays.stream(Role.values()).map(Role::word).collect(Collectors.toSet());

    @Override
    public String path() {
        return "users";
    }

    @Override
    public String word() {
        return "user";
    }

    @Override
    public Class<User> type() {
        return User.class;
    }

    @Override
    public List<FieldSpec> fields() {
        var password =
                Schema.text(
                        "A first password, or true to have one made; shown this once. It opens the"
                                + " page where they choose their own, for 7 days. A new user without"
                                + " one has one made");
        password.putArray("type").add("string").add("boolean");
        return List.of(
                FieldSpec.required(ROLE, Schema.words("What they may do", ROLES)),
                FieldSpec.optional(
                        MONEY_MASKED, Schema.flag("Whether amounts are hidden from them")),
                FieldSpec.optional(PASSWORD, password),
                FieldSpec.answered(
                        "passwordGiven",
                        Schema.flag("Whether they have still to choose a password of their own")),
                FieldSpec.answered("passwordAt", Schema.time("When the password was set")));
    }

    @Override
    public Optional<String> keyProblem(String key, Catalog catalog) {
        return key.matches("[a-z0-9][a-z0-9_-]{0,63}")
                ? Optional.empty()
                : Optional.of(
                        "A login has 1 to 64 of a-z, 0-9, hyphen and underscore, and begins with a"
                                + " letter or digit");
    }

    @Override
    public Optional<User> read(Form form, Draft<User> draft) {
        var role = form.word(ROLE, ROLES).flatMap(Role::ofWord);
        if (!form.has(ROLE)) {
            form.problem(ROLE, "One of " + String.join(", ", ROLES.stream().sorted().toList()));
        }
        boolean isMasked = form.flag(MONEY_MASKED, false);
        if (isMasked && role.filter(Role.ADMIN::equals).isPresent()) {
            form.problem(
                    MONEY_MASKED, "An admin sees amounts, and could give the right to anybody");
        }
        var password = password(form, draft);
        if (role.isEmpty() || !form.problems().isEmpty()) {
            return Optional.empty();
        }
        var before = draft.before();
        if (password.isEmpty() && before != null) {
            return Optional.of(
                    new User(
                            draft.key(),
                            draft.name(),
                            role.get(),
                            isMasked,
                            before.password(),
                            before.passwordAt(),
                            before.passwordGiven(),
                            false));
        }
        var given = password.orElseGet(draft.tokens()::made);
        draft.tokens().show(given);
        return Optional.of(
                new User(
                        draft.key(),
                        draft.name(),
                        role.get(),
                        isMasked,
                        Passwords.hash(given),
                        at(draft, before),
                        true,
                        false));
    }

    /// Later than any before it: sessions end with the password they were opened with.
    private static long at(Draft<User> draft, @Nullable User before) {
        long now = draft.tokens().now();
        return before == null ? now : Math.max(now, before.passwordAt() + 1);
    }

    private static Optional<String> password(Form form, Draft<User> draft) {
        var asked = form.raw(PASSWORD).filter(JsonNode::isBoolean).map(JsonNode::asBoolean);
        if (asked.isPresent()) {
            return asked.get() ? Optional.of(draft.tokens().made()) : Optional.empty();
        }
        return form.text(PASSWORD, Passwords.CHARS_MAX)
                .filter(text -> {
                    var problem = Passwords.problem(text, draft.key());
                    problem.ifPresent(message -> form.problem(PASSWORD, message));
                    return problem.isEmpty();
                });
    }

    @Override
    public void write(User user, Catalog catalog, String token, ObjectNode node) {
        node.put(ROLE, user.role().word());
        node.put(MONEY_MASKED, user.moneyMasked());
        if (!token.isEmpty()) {
            node.put(PASSWORD, token);
        }
        node.put("passwordGiven", user.passwordGiven());
        node.put("passwordAt", Instant.ofEpochMilli(user.passwordAt()).toString());
    }

    /// Their tokens end with them, and their name stays in what they did.
    @Override
    public List<String> references(String key, Catalog catalog) {
        return List.of();
    }

    @Override
    public User archived(User user) {
        return user.with(true);
    }
}
