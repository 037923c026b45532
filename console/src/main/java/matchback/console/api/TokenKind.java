package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import matchback.console.people.Caller;
import matchback.model.catalog.ApiToken;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Permission;
import matchback.model.catalog.User;
import org.jspecify.annotations.Nullable;

/// `/tokens`
record TokenKind() implements Kind<ApiToken> {
    private static final String USER = "user";
    private static final String SCOPES = "scopes";
    private static final String UNTIL = "until";
    private static final Duration AGE_DEFAULT = Duration.ofDays(90);
    private static final int BYTES = 32;

    /// Shows scanners of source code what they found.
    private static final String PREFIX = "mbt_";

    @Override
    public String path() {
        return "tokens";
    }

    @Override
    public String word() {
        return "token";
    }

    @Override
    public Class<ApiToken> type() {
        return ApiToken.class;
    }

    @Override
    public List<FieldSpec> fields() {
        return List.of(
                FieldSpec.optional(
                        USER,
                        Schema.text(
                                "Login of its owner, whose role bounds it; none: of the"
                                        + " installation. Never changes",
                                64)),
                FieldSpec.required(
                        SCOPES,
                        Schema.list(
                                "What it may do at most",
                                Schema.words(
                                        "A permission",
                                        Arrays.stream(Permission.values())
                                                .map(Permission::word)
                                                .toList()))),
                FieldSpec.optional(
                        UNTIL,
                        Schema.orNull(
                                Schema.time(
                                        "When it ends; left out: 90 days from now; null: when it is"
                                                + " revoked"))),
                FieldSpec.answered("madeAt", Schema.time("When it was made")),
                FieldSpec.answered(
                        "token",
                        Schema.text("Its text, in the answer that made it and never again")));
    }

    @Override
    public Optional<String> keyProblem(String key, Catalog catalog) {
        return key.equals(Caller.ADMIN_KEY)
                ? Optional.of("The installation's own token is called so")
                : Kind.super.keyProblem(key, catalog);
    }

    @Override
    public Optional<ApiToken> read(Form form, Draft<ApiToken> draft) {
        var before = draft.before();
        if (before != null && before.archived()) {
            form.problem("", "A revoked token stays revoked; make another");
        }
        var user = user(form, draft, before);
        var scopes = scopes(form);
        long until = until(form, draft, before);
        if (!form.problems().isEmpty()) {
            return Optional.empty();
        }
        if (before != null) {
            return Optional.of(
                    new ApiToken(
                            draft.key(),
                            draft.name(),
                            user,
                            scopes,
                            before.fingerprint(),
                            before.madeAt(),
                            until,
                            false));
        }
        var text =
                PREFIX
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(draft.tokens().bytes(BYTES));
        draft.tokens().show(text);
        return Optional.of(
                new ApiToken(
                        draft.key(),
                        draft.name(),
                        user,
                        scopes,
                        draft.tokens().fingerprint(text),
                        draft.tokens().now(),
                        until,
                        false));
    }

    private static String user(Form form, Draft<ApiToken> draft, @Nullable ApiToken before) {
        if (before != null) {
            form.text(USER, 64)
                    .filter(named -> !named.equals(before.user()))
                    .ifPresent(_ -> form.problem(USER, "A token never changes its owner"));
            return before.user();
        }
        return Kind.reference(form, USER, draft.catalog(), User.class, "user").orElse("");
    }

    private static List<Permission> scopes(Form form) {
        var scopes = new ArrayList<Permission>();
        var words = form.list(SCOPES, Permission.values().length * 2, 40);
        for (var word : words) {
            Permission.ofWord(word)
                    .ifPresentOrElse(
                            scopes::add,
                            () ->
                                    form.problem(
                                            SCOPES,
                                            "\"%s\" is no permission; there are %s"
                                                    .formatted(word, known())));
        }
        if (words.isEmpty()) {
            form.problem(SCOPES, "At least one of " + known());
        }
        return scopes;
    }

    private static String known() {
        return String.join(", ", Arrays.stream(Permission.values()).map(Permission::word).toList());
    }

    private static long until(Form form, Draft<ApiToken> draft, @Nullable ApiToken before) {
        if (form.isNull(UNTIL)) {
            return 0;
        }
        var text = form.text(UNTIL, 40);
        if (text.isEmpty()) {
            return before == null ? draft.tokens().now() + AGE_DEFAULT.toMillis() : before.until();
        }
        try {
            long until = Instant.parse(text.get()).toEpochMilli();
            boolean isKept = before != null && before.until() == until;
            if (until <= draft.tokens().now() && !isKept) {
                form.problem(UNTIL, text.get() + " is over");
            }
            return until;
        } catch (DateTimeParseException | ArithmeticException _) {
            form.problem(UNTIL, "\"" + text.get() + "\"; expected is 2026-12-31T23:59:59Z");
            return 0;
        }
    }

    @Override
    public void write(ApiToken token, Catalog catalog, String shown, ObjectNode node) {
        if (token.user().isEmpty()) {
            node.putNull(USER);
        } else {
            node.put(USER, token.user());
        }
        var scopes = node.putArray(SCOPES);
        token.scopes().forEach(scope -> scopes.add(scope.word()));
        if (token.until() == 0) {
            node.putNull(UNTIL);
        } else {
            node.put(UNTIL, Instant.ofEpochMilli(token.until()).toString());
        }
        node.put("madeAt", Instant.ofEpochMilli(token.madeAt()).toString());
        if (!shown.isEmpty()) {
            node.put("token", shown);
        }
    }

    @Override
    public List<String> references(String key, Catalog catalog) {
        return List.of();
    }

    @Override
    public ApiToken archived(ApiToken token) {
        return token.with(true);
    }
}
