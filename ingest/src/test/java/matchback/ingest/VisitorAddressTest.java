package matchback.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import matchback.ingest.IngestConfig.AddressHeader;
import matchback.ingest.IngestConfig.Proxies;
import matchback.ingest.testing.HeaderLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VisitorAddressTest {
    private static final List<String> TRUSTED = List.of("10.0.0.0/8", "fd00::/8", "127.0.0.1");

    private static String visitor(AddressHeader header, String peer, String... lines) {
        return new VisitorAddress(new Proxies(TRUSTED, header))
                .of(Address.parse(peer).orElseThrow(), new HeaderLines(lines))
                .toString();
    }

    @ParameterizedTest(name = "{0} with {1} is {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    127.0.0.1   | 203.0.113.7                              | 203.0.113.7
                    127.0.0.1   | 198.51.100.1, 203.0.113.7                | 203.0.113.7
                    127.0.0.1   | 198.51.100.1, 203.0.113.7, 10.1.2.3      | 203.0.113.7
                    127.0.0.1   | 203.0.113.7:4711, 10.1.2.3:80            | 203.0.113.7
                    127.0.0.1   | 2001:DB8:0:0:0:0:0:1                     | 2001:db8::1
                    127.0.0.1   | [2001:db8::1]:4711                       | 2001:db8::1
                    127.0.0.1   | fe80::1%eth0                             | fe80::1
                    127.0.0.1   | ::ffff:203.0.113.7                       | 203.0.113.7
                    ::ffff:10.9.9.9 | 203.0.113.7                          | 203.0.113.7
                    fd00::5     | 203.0.113.7                              | 203.0.113.7
                    127.0.0.1   | 10.1.2.3, 10.1.2.4                       | 10.1.2.3
                    127.0.0.1   | ''                                       | 127.0.0.1
                    127.0.0.1   | junk                                     | 127.0.0.1
                    127.0.0.1   | 203.0.113.7, junk                        | 127.0.0.1
                    127.0.0.1   | junk, 203.0.113.7                        | 203.0.113.7
                    127.0.0.1   | 203.0.113.7,                             | 127.0.0.1
                    127.0.0.1   | 1                                        | 127.0.0.1
                    127.0.0.1   | 203.0.113.256                            | 127.0.0.1
                    127.0.0.1   | localhost                                | 127.0.0.1
                    192.0.2.1   | 203.0.113.7                              | 192.0.2.1
                    """)
    void x_forwarded_for_is_read_from_its_right_end(String peer, String line, String visitor) {
        assertThat(visitor(AddressHeader.X_FORWARDED_FOR, peer, "X-Forwarded-For: " + line))
                .isEqualTo(visitor);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    for=203.0.113.7                                          | 203.0.113.7
                    For="[2001:db8:cafe::17]:4711";proto=https;by=10.0.0.1   | 2001:db8:cafe::17
                    for=198.51.100.1, for=203.0.113.7;proto=http, for=10.0.0.2 | 203.0.113.7
                    for="198.51.100.1, for=1.1.1.1", for=203.0.113.7         | 203.0.113.7
                    for=unknown                                              | 127.0.0.1
                    for=_hidden                                              | 127.0.0.1
                    proto=https                                              | 127.0.0.1
                    """)
    void forwarded_is_read_the_same_way(String line, String visitor) {
        assertThat(visitor(AddressHeader.FORWARDED, "127.0.0.1", "Forwarded: " + line))
                .isEqualTo(visitor);
    }

    @Test
    void several_lines_are_one_list() {
        assertThat(
                        visitor(
                                AddressHeader.X_FORWARDED_FOR,
                                "127.0.0.1",
                                "X-Forwarded-For: 198.51.100.1",
                                "x-forwarded-for: 203.0.113.7, 10.0.0.1"))
                .isEqualTo("203.0.113.7");
    }

    @Test
    void only_the_chosen_header_counts() {
        var lines = new String[] {"X-Forwarded-For: 203.0.113.7", "X-Real-IP: 203.0.113.8"};

        assertThat(visitor(AddressHeader.NONE, "127.0.0.1", lines)).isEqualTo("127.0.0.1");
        assertThat(visitor(AddressHeader.FORWARDED, "127.0.0.1", lines)).isEqualTo("127.0.0.1");
    }

    @Test
    void a_chain_without_end_is_junk() {
        var line = "X-Forwarded-For: 203.0.113.7" + ", 10.0.0.1".repeat(100);

        assertThat(visitor(AddressHeader.X_FORWARDED_FOR, "127.0.0.1", line))
                .isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.1, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.200, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7/33, 192.0.2.7, false",
        "192.0.2.0/x, 192.0.2.7, false",
        "nonsense, 192.0.2.7, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::ffff:192.0.2.0/120, 192.0.2.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 2001:db8::1, true"
    })
    void a_network_holds_its_addresses(String network, String address, boolean holds) {
        assertThat(Networks.of(List.of(network)).contain(Address.parse(address).orElseThrow()))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "::, ::",
        "::1, ::1",
        "1::, 1::"
    })
    void addresses_have_one_short_form(String text, String form) {
        assertThat(Address.parse(text).orElseThrow().toString()).isEqualTo(form);
    }
}
