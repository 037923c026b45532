package matchback.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import matchback.ingest.IngestConfig.AddressHeader;
import matchback.ingest.IngestConfig.Proxies;
import matchback.ingest.testing.HeaderLines;
import matchback.ingest.visitor.Visitors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VisitorSignsTest {
    private static final Address HERE = Address.parse("127.0.0.1").orElseThrow();
    private static final PlaceHeaders CLOUDFLARE =
            new PlaceHeaders(
                    new Proxies(
                            List.of("127.0.0.0/8"),
                            AddressHeader.X_FORWARDED_FOR,
                            Map.of(
                                    "country", "CF-IPCountry",
                                    "city", "CF-IPCity",
                                    "asn", "X-Asn")));

    private static VisitorSigns signs(HeaderLines headers) {
        return VisitorSigns.of(headers, HERE, HERE, Visitors.UNAIDED, CLOUDFLARE);
    }

    @Test
    void missing_headers_make_no_bot() {
        var signs = signs(new HeaderLines());

        assertThat(signs.bot()).isEmpty();
        assertThat(signs.prefetch()).isFalse();
        assertThat(signs.traits()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Purpose: prefetch, true",
        "Sec-Purpose: prefetch;prerender, true",
        "Purpose: prefetch, true",
        "X-Moz: prefetch, true",
        "X-Purpose: preview, true",
        "Purpose: prerender, true",
        "Purpose: shopping, false"
    })
    void a_prefetch_says_so(String line, boolean isPrefetch) {
        assertThat(signs(new HeaderLines(line)).prefetch()).isEqualTo(isPrefetch);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    https://News.Example/a?b#c     | news.example
                    http://news.example:8080       | news.example
                    android-app://com.example.app/ | com.example.app
                    https://user@evil.example/     | ''
                    nonsense                       | ''
                    https://[::1]/                 | ''
                    ''                             | ''
                    """)
    void the_referrer_is_a_host(String referer, String host) {
        assertThat(VisitorSigns.host(referer)).isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    en-US,en;q=0.9 | en-US
                    EN-us          | en-US
                    de             | de
                    de;q=0.3       | de
                    zh-Hans-CN     | zh-hans-CN
                    *              | ''
                    <script>       | ''
                    ''             | ''
                    """)
    void the_language_is_the_first_tag(String accepted, String tag) {
        assertThat(VisitorSigns.language(accepted)).isEqualTo(tag);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    CF-IPCountry: DE     | country | DE
                    CF-IPCountry: de     | country | DE
                    CF-IPCountry: XX     | country |
                    CF-IPCountry: T1     | country |
                    CF-IPCountry: Europe | country |
                    CF-IPCity: MÃ¼nchen | city | München
                    X-Asn: 64496         | asn     | AS64496
                    X-Asn: as64496       | asn     | AS64496
                    X-Asn: Example       | asn     |
                    """)
    void a_trusted_proxy_tells_the_place(String line, String trait, String value) {
        assertThat(signs(new HeaderLines(line)).traits().get(trait)).isEqualTo(value);
    }

    @Test
    void nobody_else_does() {
        var stranger = Address.parse("192.0.2.1").orElseThrow();

        var signs =
                VisitorSigns.of(
                        new HeaderLines("CF-IPCountry: DE"),
                        stranger,
                        stranger,
                        Visitors.UNAIDED,
                        CLOUDFLARE);

        assertThat(signs.traits()).isEmpty();
    }
}
