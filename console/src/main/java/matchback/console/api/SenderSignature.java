package matchback.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import matchback.model.catalog.Sender;
import matchback.model.catalog.SignatureRule;
import matchback.model.signature.SignatureScheme;
import matchback.model.signature.StandardWebhooks;
import org.jspecify.annotations.Nullable;

/// The part of a sender that says how its requests are signed: `security.signature`.
final class SenderSignature {
    /// How long a key is taken beside the one that follows it.
    static final Duration OVERLAP = Duration.ofDays(3);

    static final int SECRET_CHARS_MIN = 16;
    static final int SECRET_CHARS_MAX = 200;
    static final int SECRET_BYTES = 32;
    static final int TOLERANCE_SECONDS_MIN = 10;
    static final int TOLERANCE_SECONDS_MAX = 3600;
    static final int KEYS_MAX = 5;
    private static final Set<String> SCHEMES =
            Arrays.stream(SignatureScheme.values())
                    .map(SignatureScheme::word)
                    .collect(Collectors.toUnmodifiableSet());

    private SenderSignature() {}

    static ObjectNode schema() {
        var secret = Schema.text("A secret to sign with, or true to have one made; shown once");
        secret.putArray("type").add("string").add("boolean");
        return Schema.orNull(
                Schema.object(
                        "How requests must be signed; null: they need not be",
                        List.of(
                                FieldSpec.optional(
                                        "scheme",
                                        Schema.words("How it is signed", List.copyOf(SCHEMES))),
                                FieldSpec.optional("secret", secret),
                                FieldSpec.optional(
                                        "rotate",
                                        Schema.flag(
                                                "Adds a key, made or given as secret, and takes"
                                                        + " the others for 72 hours more")),
                                FieldSpec.optional(
                                        "toleranceSeconds",
                                        Schema.integer(
                                                "How far the signature's time may be from ours",
                                                TOLERANCE_SECONDS_MIN,
                                                TOLERANCE_SECONDS_MAX)),
                                FieldSpec.optional(
                                        "keys",
                                        Schema.list(
                                                "The keys in use, newest last; one that is left"
                                                        + " out of a change is taken no more",
                                                key())))));
    }

    private static ObjectNode key() {
        return Schema.object(
                "One key, without its secret",
                List.of(
                        FieldSpec.required("kid", Schema.text("Its id, named by signed URLs")),
                        FieldSpec.answered("scheme", Schema.text("How it is signed with it")),
                        FieldSpec.answered("from", Schema.text("Taken from this time on")),
                        FieldSpec.answered(
                                "until",
                                Schema.orNull(Schema.text("Taken until then; null: no end")))));
    }

    /// Reads what is asked for. Keys that are there stay, unless the form lists keys without them
    /// or brings a new secret to replace them.
    static Optional<SignatureRule> read(Form form, Kind.Draft<Sender> draft) {
        form.onlyFields(Set.of("scheme", "secret", "rotate", "toleranceSeconds", "keys"));
        var before = before(draft);
        var kept = kept(form, before);
        var scheme =
                form.word("scheme", SCHEMES)
                        .flatMap(SignatureScheme::ofWord)
                        .or(() -> newest(kept).map(SignatureRule.Key::scheme));
        if (scheme.isEmpty()) {
            form.problem("scheme", "One of " + String.join(", ", new TreeSet<>(SCHEMES)));
            return Optional.empty();
        }
        int tolerance =
                form.number(
                        "toleranceSeconds",
                        TOLERANCE_SECONDS_MIN,
                        TOLERANCE_SECONDS_MAX,
                        before == null
                                ? SignatureRule.TOLERANCE_SECONDS_DEFAULT
                                : before.toleranceSeconds());
        boolean rotates = form.flag("rotate", false);
        var secret = secret(form, scheme.get(), rotates, draft);
        var keys = new ArrayList<SignatureRule.Key>();
        long now = draft.tokens().now();
        if (secret.isEmpty()) {
            keys.addAll(kept);
            newest(kept)
                    .filter(key -> key.scheme() != scheme.get())
                    .ifPresent(key ->
                            form.problem(
                                    "scheme",
                                    "The sender's key is for "
                                            + key.scheme().word()
                                            + "; another scheme needs a new secret"));
        } else {
            if (rotates) {
                long end = now + OVERLAP.toMillis();
                kept.forEach(key -> keys.add(key.endingAt(end)));
            }
            keys.removeIf(key -> !key.isInForce(now));
            keys.add(sealed(secret.get(), scheme.get(), draft, now));
        }
        if (keys.isEmpty()) {
            form.problem("secret", "A secret is needed, or true to have one made");
            return Optional.empty();
        }
        if (keys.size() > KEYS_MAX) {
            form.problem("rotate", "A sender has at most " + KEYS_MAX + " keys; drop one in keys");
        }
        return Optional.of(new SignatureRule(tolerance, keys));
    }

    private static @Nullable SignatureRule before(Kind.Draft<Sender> draft) {
        var sender = draft.before();
        return sender == null ? null : sender.security().signature();
    }

    private static Optional<SignatureRule.Key> newest(List<SignatureRule.Key> keys) {
        return keys.isEmpty() ? Optional.empty() : Optional.of(keys.getLast());
    }

    private static List<SignatureRule.Key> kept(Form form, @Nullable SignatureRule before) {
        var known = before == null ? List.<SignatureRule.Key>of() : before.keys();
        if (!form.has("keys")) {
            return known;
        }
        var named = new ArrayList<String>();
        for (var inner : form.forms("keys", KEYS_MAX)) {
            inner.onlyFields(Set.of("kid", "scheme", "from", "until"));
            inner.text("kid", 64)
                    .ifPresent(kid -> {
                        named.add(kid);
                        if (known.stream().noneMatch(key -> key.kid().equals(kid))) {
                            inner.problem("kid", "The sender has no key \"" + kid + '"');
                        }
                    });
        }
        return known.stream().filter(key -> named.contains(key.kid())).toList();
    }

    private static Optional<String> secret(
            Form form, SignatureScheme scheme, boolean rotates, Kind.Draft<Sender> draft) {
        var asked = form.raw("secret").filter(JsonNode::isBoolean).map(JsonNode::asBoolean);
        boolean isGiven = form.raw("secret").isPresent() && asked.isEmpty();
        if (!isGiven) {
            return asked.orElse(false) || rotates
                    ? Optional.of(made(scheme, draft.tokens()))
                    : Optional.empty();
        }
        return form.text("secret", SECRET_CHARS_MAX)
                .filter(secret -> {
                    boolean good =
                            scheme == SignatureScheme.STANDARD_WEBHOOKS
                                    ? StandardWebhooks.isSecret(secret)
                                    : secret.length() >= SECRET_CHARS_MIN;
                    if (!good) {
                        form.problem(
                                "secret",
                                scheme == SignatureScheme.STANDARD_WEBHOOKS
                                        ? "whsec_ and 24 to 64 bytes in base64 are expected, or"
                                                + " a public key whpk_"
                                        : "At least " + SECRET_CHARS_MIN + " characters");
                    }
                    return good;
                });
    }

    private static String made(SignatureScheme scheme, Kind.Tokens tokens) {
        var bytes = tokens.bytes(SECRET_BYTES);
        return scheme == SignatureScheme.STANDARD_WEBHOOKS
                ? StandardWebhooks.secret(bytes)
                : HexFormat.of().formatHex(bytes);
    }

    private static SignatureRule.Key sealed(
            String secret, SignatureScheme scheme, Kind.Draft<Sender> draft, long now) {
        var tokens = draft.tokens();
        var kid = "k" + HexFormat.of().formatHex(tokens.bytes(4));
        var open = new SignatureRule.Key(kid, scheme, "", now, null);
        tokens.showSecret(secret);
        return new SignatureRule.Key(
                kid, scheme, tokens.seal(secret, open.owner(draft.key())), now, null);
    }

    /// Everything but the secrets.
    static void write(@Nullable SignatureRule rule, ObjectNode security) {
        if (rule == null) {
            security.putNull("signature");
            return;
        }
        var node = security.putObject("signature");
        node.put("scheme", rule.keys().getLast().scheme().word());
        node.put("toleranceSeconds", rule.toleranceSeconds());
        var keys = node.putArray("keys");
        for (var key : rule.keys()) {
            var until = key.until();
            keys.addObject()
                    .put("kid", key.kid())
                    .put("scheme", key.scheme().word())
                    .put("from", Instant.ofEpochMilli(key.from()).toString())
                    .put("until", until == null ? null : Instant.ofEpochMilli(until).toString());
        }
    }

    /// Adds the plain secret to the answer of the request that made it.
    static void show(ObjectNode sender, String secret) {
        sender.withObject("/security/signature").put("secret", secret);
    }
}
