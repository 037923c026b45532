package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import matchback.console.ConsoleConfig;
import matchback.console.ConsoleContext;
import matchback.model.apple.AdSigner;
import matchback.model.apple.AdSigner.Fidelity;
import matchback.model.apple.AppleAd;
import matchback.model.apple.AppleAd.Version;
import org.jspecify.annotations.Nullable;

/// Signs ads for Apple's devices, for an operator that is an ad network. Records nothing.
final class AppleAdsApi {
    private static final Map<String, Version> VERSIONS =
            Arrays.stream(Version.values())
                    .collect(Collectors.toUnmodifiableMap(Version::word, version -> version));
    private static final Set<String> FIELDS =
            Set.of("version", "source", "app", "sourceApp", "reengagement");
    private static final int SOURCE_MAX = 9999;
    private static final int APP_CHARS_MAX = 15;
    private static final long VERSION_BITS = 0xF000L;
    private static final long RANDOM_VERSION = 0x4000L;
    private static final long VARIANT_BITS = 0xC000_0000_0000_0000L;
    private static final long IETF_VARIANT = 0x8000_0000_0000_0000L;

    private final ConsoleContext context;
    private final @Nullable AdSigner signer;

    AppleAdsApi(ConsoleContext context, ConsoleConfig config) {
        this.context = context;
        this.signer = config.adSigner();
    }

    List<Operation> operations() {
        return List.of(
                Operation.of(
                                HttpMethod.POST,
                                CatalogApi.ROOT + "apple-ads",
                                "signAppleAd",
                                "apple",
                                "Sign an ad that a device of Apple's shows, as an ad network",
                                call -> CatalogApi.withBody(call, this::sign))
                        .request("AppleAd")
                        .answers(200, "SignedAppleAd"));
    }

    private Answer sign(ObjectNode body) {
        var network = signer;
        if (network == null) {
            return Answer.problem(
                    409,
                    "no-ad-network",
                    "Ads are signed by ad networks",
                    "Set apple-ad-network and apple-ad-key to what is registered with Apple");
        }
        var form = new Form(body);
        var ad = read(form);
        boolean mayReengage = form.flag("reengagement", false);
        if (ad.isEmpty() || !form.problems().isEmpty()) {
            return Answer.invalid(form.problems());
        }
        return Answer.json(json(network, ad.get(), mayReengage));
    }

    private static Optional<AppleAd> read(Form form) {
        form.onlyFields(FIELDS);
        var version = form.word("version", VERSIONS.keySet()).map(VERSIONS::get);
        if (!form.has("version")) {
            form.problem(
                    "version",
                    "One of "
                            + String.join(", ", VERSIONS.keySet().stream().sorted().toList())
                            + " is expected");
        }
        int source = form.number("source", 1, SOURCE_MAX, 0);
        version.flatMap(v -> AppleAd.sourceProblem(v, source))
                .ifPresent(problem -> form.problem("source", problem));
        long app = app(form, "app", 1);
        long sourceApp = app(form, "sourceApp", 0);
        return form.problems().isEmpty()
                ? version.map(v -> new AppleAd(v, source, app, sourceApp))
                : Optional.empty();
    }

    private static long app(Form form, String field, long min) {
        var text = form.text(field, APP_CHARS_MAX).filter(t -> t.matches("\\d+"));
        if (text.isEmpty() || Long.parseLong(text.get()) < min) {
            form.problem(field, "An app's id in the App Store is expected, as a text of digits");
            return min;
        }
        return Long.parseLong(text.get());
    }

    private ObjectNode json(AdSigner network, AppleAd ad, boolean mayReengage) {
        long now = context.clock().millis();
        var node = Json.object();
        node.put("version", ad.version().word());
        node.put("network", network.network());
        node.put("source", ad.source());
        node.put("app", Long.toString(ad.app()));
        node.put("sourceApp", Long.toString(ad.sourceApp()));
        var signatures = node.putArray("signatures");
        if (ad.version() == Version.ADATTRIBUTIONKIT) {
            node.put("impression", network.impression(ad, nonce(), now, mayReengage));
            return node;
        }
        for (var fidelity : Fidelity.values()) {
            var signed = network.sign(ad, fidelity, nonce(), now);
            signatures
                    .addObject()
                    .put("fidelity", fidelity.number())
                    .put("nonce", signed.nonce())
                    .put("timestamp", signed.timestamp())
                    .put("signature", signed.signature());
        }
        return node.putNull("impression");
    }

    private UUID nonce() {
        var random = context.random();
        return new UUID(
                (random.nextLong() & ~VERSION_BITS) | RANDOM_VERSION,
                (random.nextLong() & ~VARIANT_BITS) | IETF_VARIANT);
    }

    static Map<String, ObjectNode> schemas() {
        var app = Schema.text("Id in the App Store", APP_CHARS_MAX);
        var source =
                Schema.integer(
                        "1 to 100 in versions 2.2 and 3.0, else 1000 to 9999", 1, SOURCE_MAX);
        var signature =
                Schema.object(
                        "Of SKAdNetwork",
                        List.of(
                                FieldSpec.required(
                                        "fidelity", Schema.integer("0 view, 1 click", 0, 1)),
                                FieldSpec.required("nonce", Schema.text("A UUID")),
                                FieldSpec.required(
                                        "timestamp",
                                        Schema.integer("Epoch milliseconds", 0, Long.MAX_VALUE)),
                                FieldSpec.required("signature", Schema.text("DER in base64"))));
        return Map.of(
                "AppleAd",
                Schema.object(
                        "An ad that is about to be shown",
                        List.of(
                                FieldSpec.required(
                                        "version",
                                        Schema.words("Of SKAdNetwork, or", VERSIONS.keySet())),
                                FieldSpec.required("source", source),
                                FieldSpec.required("app", app),
                                FieldSpec.required(
                                        "sourceApp",
                                        Schema.text(
                                                "The app that shows it; 0 in development",
                                                APP_CHARS_MAX)),
                                FieldSpec.optional(
                                        "reengagement",
                                        Schema.flag("Whether it may bring back a user")))),
                "SignedAppleAd",
                Schema.object(
                        "A signed ad",
                        List.of(
                                FieldSpec.required("version", Schema.text("As asked for")),
                                FieldSpec.required("network", Schema.text("Who signed")),
                                FieldSpec.required("source", source),
                                FieldSpec.required("app", app),
                                FieldSpec.required("sourceApp", app),
                                FieldSpec.required(
                                        "signatures",
                                        Schema.list("One for each way to see it", signature)),
                                FieldSpec.required(
                                        "impression",
                                        Schema.orNull(
                                                Schema.text("Of AdAttributionKit: a JWS"))))));
    }
}
