package matchback.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Base64;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import matchback.model.apple.AdSigner;

/// How the text of a setting is read.
///
/// @param expected what a good text looks like, for error messages and the documentation
/// @param reader empty for a text that is not of this form
public record Form<T>(String expected, Function<String, Optional<T>> reader) {

    private static final Pattern QUANTITY = Pattern.compile("(\\d{1,12}) ?([A-Za-z]*)");
    private static final Pattern NETWORK =
            Pattern.compile("(\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+)(/\\d{1,3})?");
    private static final Pattern PLACE_HEADER =
            Pattern.compile("(country|region|city|isp|asn) ?= ?([A-Za-z0-9-]{1,64})");
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9:][A-Za-z0-9.:-]*");

    private static final Pattern AD_NETWORK_ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
    private static final Pattern COOKIE = Pattern.compile("[A-Za-z0-9_-]{0,40}");

    private static final Map<String, Duration> TIME_UNITS =
            Map.of(
                    "ms", Duration.ofMillis(1),
                    "s", Duration.ofSeconds(1),
                    "min", Duration.ofMinutes(1),
                    "h", Duration.ofHours(1),
                    "d", Duration.ofDays(1),
                    "day", Duration.ofDays(1),
                    "days", Duration.ofDays(1));
    private static final Map<String, Long> SIZE_UNITS =
            Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    static final Form<String> TEXT = new Form<>("a text", Optional::of);

    static final Form<Secret> SECRET = new Form<>("a text", text -> Optional.of(new Secret(text)));

    static final Form<String> HOST =
            new Form<>("an address or a host name", text -> matching(HOST_NAME, text));

    /// 0 lets the system choose.
    static final Form<Integer> PORT = number(0, 65_535);

    static final Form<Boolean> FLAG =
            new Form<>(
                    "true or false",
                    text ->
                            switch (text.toLowerCase(Locale.ROOT)) {
                                case "true", "yes", "on" -> Optional.of(true);
                                case "false", "no", "off" -> Optional.of(false);
                                default -> Optional.empty();
                            });

    static final Form<Path> PATH = new Form<>("a path", Form::path);

    /// Empty: none.
    static final Form<String> FILE =
            new Form<>(
                    "the path of a file",
                    text ->
                            text.isEmpty() || path(text).isPresent()
                                    ? Optional.of(text)
                                    : Optional.empty());

    /// Empty: none.
    static final Form<List<Path>> FILES =
            new Form<>("paths of files, separated by commas", Form::files);

    /// What a header tells, and its name.
    static final Form<Map<String, String>> PLACE_HEADERS =
            new Form<>(
                    "headers by what they tell, such as country=CF-IPCountry, city=CF-IPCity; of"
                            + " country, region, city, isp, asn",
                    Form::placeHeaders);

    /// Empty: none. Without a slash at its end.
    public static final Form<String> URL =
            new Form<>("an http or https URL", text -> url(text).map(Form::withoutSlash));

    static final Form<ZoneId> ZONE = new Form<>("a time zone such as Europe/Kyiv", Form::zone);

    /// Empty: none.
    static final Form<String> COOKIE_NAME =
            new Form<>(
                    "1 to 40 letters, digits, '-' and '_', or nothing",
                    text -> matching(COOKIE, text));

    static final Form<String> CURRENCY = new Form<>("an ISO 4217 code such as USD", Form::currency);

    static final Form<List<String>> NETWORKS =
            new Form<>("networks such as 10.0.0.0/8, separated by commas", Form::networks);

    public static final Form<Duration> DURATION =
            new Form<>("a time such as 250 ms, 30 s or 30 days", Form::duration);

    /// What somebody waits for an answer at most.
    static final Form<Duration> WAIT =
            new Form<>(
                    "a time from 1 ms to 60 s",
                    text ->
                            duration(text)
                                    .filter(time ->
                                            time.isPositive()
                                                    && time.compareTo(Duration.ofSeconds(60))
                                                            <= 0));

    static final Form<Long> SIZE = new Form<>("a size such as 64 KiB or 256 MiB", Form::size);

    /// Keys on P-256.
    static final Form<Map<String, String>> PUBLIC_KEYS =
            new Form<>(
                    "kid=key, separated by commas; each key on the curve P-256, as X.509"
                            + " SubjectPublicKeyInfo in base64",
                    Form::publicKeys);

    /// Empty: none.
    static final Form<String> AD_NETWORK =
            new Form<>(
                    "an id in lower case such as example123.skadnetwork",
                    text -> text.isEmpty() ? Optional.of("") : matching(AD_NETWORK_ID, text));

    /// Empty: none.
    static final Form<Secret> AD_KEY =
            new Form<>(
                    "a private key on the curve P-256, as PKCS#8 in base64",
                    text -> isAdKey(text) ? Optional.of(new Secret(text)) : Optional.empty());

    private static boolean isAdKey(String text) {
        try {
            return text.isEmpty() || !AdSigner.of("a", text).network().isEmpty();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    static Form<Integer> number(int min, int max) {
        return new Form<>(
                "a number from " + min + " to " + max,
                text -> {
                    if (!text.matches("\\d{1,9}")) {
                        return Optional.empty();
                    }
                    int value = Integer.parseInt(text);
                    return value < min || value > max ? Optional.empty() : Optional.of(value);
                });
    }

    static Form<String> oneOf(String... words) {
        var allowed = List.of(words);
        return new Form<>(
                String.join(" or ", words),
                text -> Optional.of(text.toLowerCase(Locale.ROOT)).filter(allowed::contains));
    }

    private static Optional<String> matching(Pattern pattern, String text) {
        return pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    private static Optional<Path> path(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> url(String text) {
        if (text.isEmpty()) {
            return Optional.of("");
        }
        try {
            var uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web && uri.getHost() != null ? Optional.of(text) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static Optional<ZoneId> zone(String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> currency(String text) {
        try {
            return Optional.of(
                    Currency.getInstance(text.toUpperCase(Locale.ROOT)).getCurrencyCode());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<List<String>> networks(String text) {
        if (text.isEmpty()) {
            return Optional.of(List.of());
        }
        var parts = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        return parts.stream().allMatch(part -> NETWORK.matcher(part).matches())
                ? Optional.of(parts)
                : Optional.empty();
    }

    /// Empty: none.
    ///
    /// @param bits of the prime of its curve: 192 for P-192, 256 for P-256
    static Form<String> publicKey(int bits) {
        return new Form<>(
                "a key on the curve P-" + bits + ", as X.509 SubjectPublicKeyInfo in base64",
                text ->
                        text.isEmpty() || isPublicKey(text, bits)
                                ? Optional.of(text)
                                : Optional.empty());
    }

    private static boolean isPublicKey(String text, int bits) {
        try {
            var spec = new X509EncodedKeySpec(Base64.getDecoder().decode(text));
            return KeyFactory.getInstance("EC").generatePublic(spec) instanceof ECPublicKey key
                    && key.getParams().getCurve().getField().getFieldSize() == bits;
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return false;
        }
    }

    private static Optional<Map<String, String>> publicKeys(String text) {
        var keys = new LinkedHashMap<String, String>();
        for (var pair : text.isEmpty() ? List.<String>of() : List.of(text.split(",", -1))) {
            int equals = pair.indexOf('=');
            var kid = equals < 0 ? "" : pair.substring(0, equals).strip();
            var key = pair.substring(equals + 1).strip();
            if (kid.isEmpty() || !isPublicKey(key, 256) || keys.put(kid, key) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(keys);
    }

    private static Optional<List<Path>> files(String text) {
        if (text.isEmpty()) {
            return Optional.of(List.of());
        }
        var paths = Arrays.stream(text.split(",", -1)).map(String::strip).map(Form::path).toList();
        return paths.stream().allMatch(Optional::isPresent)
                ? Optional.of(paths.stream().flatMap(Optional::stream).toList())
                : Optional.empty();
    }

    private static Optional<Map<String, String>> placeHeaders(String text) {
        var names = new HashMap<String, String>();
        for (var part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            var pair = PLACE_HEADER.matcher(part.strip());
            if (!pair.matches() || names.put(pair.group(1), pair.group(2)) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(Map.copyOf(names));
    }

    private static Optional<Duration> duration(String text) {
        var quantity = QUANTITY.matcher(text);
        if (!quantity.matches()) {
            return Optional.empty();
        }
        var unit = TIME_UNITS.get(quantity.group(2));
        return unit == null
                ? Optional.empty()
                : Optional.of(unit.multipliedBy(Long.parseLong(quantity.group(1))));
    }

    private static Optional<Long> size(String text) {
        var quantity = QUANTITY.matcher(text);
        if (!quantity.matches()) {
            return Optional.empty();
        }
        var unit = SIZE_UNITS.get(quantity.group(2));
        return unit == null
                ? Optional.empty()
                : Optional.of(Math.multiplyExact(unit, Long.parseLong(quantity.group(1))));
    }
}
