package matchback.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import matchback.console.ConsoleConfig;
import matchback.model.catalog.SecretPath;
import matchback.model.catalog.Sender;
import org.jspecify.annotations.Nullable;

/// The part of a sender that says which secret stands in its postback URL: `security.path`. A
/// secret is shown in the answer to the request that made it; in every other answer
/// [ConsoleConfig#SECRET_PLACE] stands in its place.
final class SenderPath {
    static final String FIELD = "path";

    /// How long a secret is taken beside the one that follows it.
    static final Duration OVERLAP = Duration.ofDays(7);

    private static final int SECRET_BYTES = 16;
    private static final int KEYS_MAX = 5;
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{16,64}");
    private static final String SECRET_FIELD = "secret";
    private static final String ROTATE = "rotate";
    private static final String KEYS = "keys";

    private SenderPath() {}

    static ObjectNode schema() {
        var secret =
                Schema.text(
                        "16 to 64 letters, digits, hyphens and underscores, or true to have one"
                                + " made; shown once");
        secret.putArray("type").add("string").add("boolean");
        return Schema.orNull(
                Schema.object(
                        "The secret in the postback URL, behind the key and a dot; null: none",
                        List.of(
                                FieldSpec.optional(SECRET_FIELD, secret),
                                FieldSpec.optional(
                                        ROTATE,
                                        Schema.flag(
                                                "Adds a secret, made or given, and takes the others"
                                                        + " for 7 days more")),
                                FieldSpec.optional(
                                        KEYS,
                                        Schema.list(
                                                "The secrets in use, newest last; one that is left"
                                                        + " out of a change is taken no more",
                                                key())))));
    }

    private static ObjectNode key() {
        return Schema.object(
                "One secret, without itself",
                List.of(
                        FieldSpec.required("id", Schema.text("Tells it from others")),
                        FieldSpec.answered("from", Schema.text("Made at this time")),
                        FieldSpec.answered(
                                "until",
                                Schema.orNull(Schema.text("Taken until then; null: no end")))));
    }

    /// Reads what is asked for. Secrets that are there stay, unless the form lists some without
    /// them or brings a new one to replace them.
    static Optional<SecretPath> read(Form form, Kind.Draft<Sender> draft) {
        form.onlyFields(Set.of(SECRET_FIELD, ROTATE, KEYS));
        var kept = kept(form, draft);
        boolean rotates = form.flag(ROTATE, false);
        var secret = secret(form, rotates, draft);
        var keys = new ArrayList<SecretPath.Key>();
        long now = draft.tokens().now();
        if (secret.isEmpty()) {
            keys.addAll(kept);
        } else {
            if (rotates) {
                long end = now + OVERLAP.toMillis();
                kept.forEach(key -> keys.add(key.endingAt(end)));
            }
            keys.removeIf(key -> !key.isInForce(now));
            keys.add(new SecretPath.Key(draft.tokens().pathFingerprint(secret.get()), now, null));
            draft.tokens().showPath(secret.get());
        }
        if (keys.isEmpty()) {
            form.problem(SECRET_FIELD, "A secret is needed, or true to have one made");
            return Optional.empty();
        }
        if (keys.size() > KEYS_MAX) {
            form.problem(ROTATE, "A sender has at most " + KEYS_MAX + "; drop one in keys");
        }
        return Optional.of(new SecretPath(keys));
    }

    private static List<SecretPath.Key> kept(Form form, Kind.Draft<Sender> draft) {
        var sender = draft.before();
        var before = sender == null ? null : sender.security().path();
        var known = before == null ? List.<SecretPath.Key>of() : before.keys();
        if (!form.has(KEYS)) {
            return known;
        }
        var named = new ArrayList<String>();
        for (var inner : form.forms(KEYS, KEYS_MAX)) {
            inner.onlyFields(Set.of("id", "from", "until"));
            inner.text("id", 64)
                    .ifPresent(id -> {
                        named.add(id);
                        if (known.stream().noneMatch(key -> key.id().equals(id))) {
                            inner.problem("id", "The sender has no secret \"" + id + '"');
                        }
                    });
        }
        return known.stream().filter(key -> named.contains(key.id())).toList();
    }

    private static Optional<String> secret(Form form, boolean rotates, Kind.Draft<Sender> draft) {
        var asked = form.raw(SECRET_FIELD).filter(JsonNode::isBoolean).map(JsonNode::asBoolean);
        boolean isGiven = form.raw(SECRET_FIELD).isPresent() && asked.isEmpty();
        if (!isGiven) {
            return asked.orElse(false) || rotates
                    ? Optional.of(HexFormat.of().formatHex(draft.tokens().bytes(SECRET_BYTES)))
                    : Optional.empty();
        }
        return form.text(SECRET_FIELD, 64)
                .filter(secret -> {
                    boolean good = SECRET.matcher(secret).matches();
                    if (!good) {
                        form.problem(
                                SECRET_FIELD, "16 to 64 letters, digits, hyphens and underscores");
                    }
                    return good;
                });
    }

    static void write(@Nullable SecretPath path, ObjectNode security) {
        if (path == null) {
            security.putNull(FIELD);
            return;
        }
        var keys = security.putObject(FIELD).putArray(KEYS);
        for (var key : path.keys()) {
            var until = key.until();
            keys.addObject()
                    .put("id", key.id())
                    .put("from", Instant.ofEpochMilli(key.from()).toString())
                    .put("until", until == null ? null : Instant.ofEpochMilli(until).toString());
        }
    }

    /// Adds the secret to the answer of the request that made it, and puts it into the URLs.
    static void show(ObjectNode sender, String secret) {
        sender.withObject("/security/" + FIELD).put(SECRET_FIELD, secret);
        for (var field : List.of("postbackUrl", "postbackTemplate")) {
            var url = sender.path(field).asText();
            sender.put(field, filled(url, secret));
        }
        for (var report : sender.path("postbackTemplates")) {
            ((ObjectNode) report).put("url", filled(report.path("url").asText(), secret));
        }
    }

    private static String filled(String url, String secret) {
        return url.replace(ConsoleConfig.SECRET_PLACE, SecretPath.SEPARATOR + secret);
    }
}
