package matchback.ingest;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import matchback.ingest.PostbackDoor.Request;
import matchback.model.Field;
import matchback.model.Params;
import matchback.model.Secrets;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Sender;
import matchback.model.catalog.SignatureRule;
import matchback.model.signature.Evidence;
import matchback.model.signature.Signature;
import matchback.model.signature.Signature.Reading;
import matchback.model.signature.SignatureScheme;
import matchback.model.signature.SignedRequest;

/// The keys of all senders of one catalog version, and the finding out whose key a request was
/// signed with. Nothing is judged here but the fit. Safe for use by many threads.
final class SenderSignatures {
    /// Most keys one request is tried with.
    private static final int KEYS_TRIED_MAX = 64;

    private static final int KEY_ID_CHARS_MAX = 64;

    /// @param secret empty when it cannot be opened
    private record OpenKey(String sender, SignatureRule.Key key, Optional<String> secret) {}

    private final Catalog catalog;
    private final TreeMap<String, List<OpenKey>> keys = new TreeMap<>();

    SenderSignatures(Catalog catalog, Secrets secrets) {
        this.catalog = catalog;
        for (var sender : catalog.all(Sender.class).values()) {
            var rule = sender.security().signature();
            if (rule != null && !sender.archived()) {
                keys.put(
                        sender.key(),
                        rule.keys().stream().map(key -> open(sender, key, secrets)).toList());
            }
        }
    }

    private static OpenKey open(Sender sender, SignatureRule.Key key, Secrets secrets) {
        return new OpenKey(sender.key(), key, secrets.open(key.sealed(), key.owner(sender.key())));
    }

    Catalog catalog() {
        return catalog;
    }

    /// What there is to say about the request's signature; nothing when it shows none that anybody
    /// asks for.
    ///
    /// @param sender of the path; without one, any sender may turn out to be the caller
    /// @param names what the parameters of the request mean
    List<Evidence> evidence(
            Optional<Sender> sender, Request request, PostbackNames names, long nowMillis) {
        if (keys.isEmpty() || (sender.isEmpty() && !request.sender().isEmpty())) {
            return List.of();
        }
        var candidates =
                sender
                        .map(s -> keys.getOrDefault(s.key(), List.of()))
                        .orElseGet(() -> keys.values().stream().flatMap(List::stream).toList())
                        .stream()
                        .filter(key -> key.key().isInForce(nowMillis))
                        .toList();
        var schemes = EnumSet.noneOf(SignatureScheme.class);
        candidates.forEach(key -> schemes.add(key.key().scheme()));
        var signed = signed(request);
        var found = new ArrayList<Evidence>();
        var troubles = new TreeSet<String>();
        for (var scheme : schemes) {
            switch (Signature.read(scheme, signed)) {
                case Reading.Absent() -> {}
                case Reading.Unreadable(var detail) -> troubles.add(detail);
                case Reading.Shown(var signature) -> {
                    var loose = scheme.coversQuery() ? "" : unsigned(request, names);
                    if (loose.isEmpty()) {
                        compare(scheme, signature, candidates, found, troubles);
                    } else {
                        troubles.add(
                                "the parameter "
                                        + ClickFields.cut(loose, KEY_ID_CHARS_MAX)
                                        + " stands in the URL, but only the body is signed");
                    }
                }
            }
        }
        if (found.isEmpty() && !troubles.isEmpty()) {
            found.add(
                    new Evidence.Failed(
                            sender.map(Sender::key).orElse(""), String.join("; ", troubles)));
        }
        return found;
    }

    private static SignedRequest signed(Request request) {
        return new SignedRequest(
                request.method(),
                request.headers().first("Host"),
                request.target().prefix() + request.target().path(),
                request.target().query(),
                request.headers()::first,
                request.body());
    }

    /// A parameter in the URL that a mapping reads: who has a signed body could change it, and so
    /// have the same body counted for another click.
    private static String unsigned(Request request, PostbackNames names) {
        return Params.ofQuery(request.target().query()).list().stream()
                .map(Params.Param::name)
                .filter(names.durable()::contains)
                .filter(name -> !Field.RETURN.names().contains(name))
                .findFirst()
                .orElse("");
    }

    private static void compare(
            SignatureScheme scheme,
            Signature signature,
            List<OpenKey> candidates,
            List<Evidence> found,
            Set<String> troubles) {
        var named = signature.keyId();
        var tried =
                candidates.stream()
                        .filter(key -> key.key().scheme() == scheme)
                        .filter(key -> named.isEmpty() || key.key().kid().equals(named))
                        .limit(KEYS_TRIED_MAX)
                        .toList();
        if (tried.isEmpty()) {
            troubles.add(
                    "the key id '"
                            + ClickFields.cut(named, KEY_ID_CHARS_MAX)
                            + "' is none of the sender's, or not in force");
            return;
        }
        int before = found.size();
        for (var key : tried) {
            if (key.secret().filter(signature::fits).isPresent()) {
                found.add(
                        new Evidence.Verified(
                                key.sender(),
                                key.key().kid(),
                                signature.signedAt(),
                                Evidence.fingerprint(signature.nonce())));
            }
        }
        if (found.size() == before) {
            troubles.add(
                    tried.stream().allMatch(key -> key.secret().isEmpty())
                            ? "the sender's key cannot be opened on this installation"
                            : "the signature fits no key of the sender");
        }
    }
}
