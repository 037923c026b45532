package matchback.ingest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import matchback.ingest.IngestConfig.Proxies;

/// Headers in which trusted proxies tell where a visitor is, for what no database of ours tells. A
/// content network puts them on every request, so they cost nothing; whoever comes past the proxy
/// could write anything into them, so nobody else is believed.
final class PlaceHeaders {
    /// What such a header can tell, by the words of traits.
    static final List<String> TRAITS = List.of("country", "region", "city", "isp", "asn");

    /// Nobody tells.
    static final PlaceHeaders NONE = new PlaceHeaders(Proxies.NONE);

    private static final int VALUE_CHARS_MAX = 128;

    /// Cloudflare's words for nowhere and for the Tor network.
    private static final Set<String> NO_COUNTRIES = Set.of("XX", "T1");

    private final Networks trusted;
    private final Map<String, String> namesByTrait;

    PlaceHeaders(Proxies proxies) {
        this.trusted = Networks.of(proxies.networks());
        this.namesByTrait = proxies.placeHeaders();
    }

    /// Adds what the headers tell.
    void tell(Address peer, RequestHeaders headers, Map<String, String> traits) {
        if (namesByTrait.isEmpty() || !trusted.contain(peer)) {
            return;
        }
        namesByTrait.forEach((trait, name) -> {
            var value = value(trait, headers.first(name).strip());
            if (!value.isEmpty()) {
                traits.put(trait, value);
            }
        });
    }

    private static String value(String trait, String told) {
        return switch (trait) {
            case "country" -> country(told);
            case "asn" -> told.matches("(?i)(AS)?[0-9]{1,10}") ? asn(told) : "";
            default -> text(told);
        };
    }

    private static String country(String told) {
        var code = told.toUpperCase(Locale.ROOT);
        return code.matches("[A-Z]{2}") && !NO_COUNTRIES.contains(code) ? code : "";
    }

    private static String asn(String told) {
        return "AS" + told.replaceFirst("(?i)^AS", "");
    }

    /// Proxies write names in UTF-8; headers are read byte by byte.
    private static String text(String told) {
        boolean isBytes =
                told.chars().allMatch(c -> c < 256) && told.chars().anyMatch(c -> c > 127);
        var text =
                isBytes
                        ? new String(
                                told.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                        : told;
        boolean isClean = text.chars().noneMatch(c -> Character.isISOControl(c) || c == 0xFFFD);
        return isClean ? ClickFields.cut(text, VALUE_CHARS_MAX) : "";
    }
}
