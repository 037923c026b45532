package matchback.model.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private final AddressGuard strict = new AddressGuard(false);
    private final AddressGuard lenient = new AddressGuard(true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "168.63.129.15",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2001:200::1",
                "2001:db7::1",
                "2001:db9::1",
                "64:ff9b::101:101",
                "2002:101:101::1",
                "::ffff:1.1.1.1"
            })
    void an_address_of_the_public_internet_may_be_called(String literal) {
        assertThat(strict.refusal(InetAddress.ofLiteral(literal))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.255",
                "172.16.0.0",
                "172.31.255.255",
                "192.168.0.1",
                "::1",
                "fc00::1",
                "fdff::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2002:a00:1::1",
                "2002:c0a8:101::"
            })
    void an_own_network_is_refused_unless_it_is_allowed(String literal) {
        var address = InetAddress.ofLiteral(literal);

        assertThat(strict.refusal(address)).get().asString().contains("allow-private-destinations");
        assertThat(lenient.refusal(address)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.255",
                "168.63.129.16",
                "169.254.169.254",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "198.18.0.0",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::2",
                "::7f00:1",
                "::ffff:0:7f00:1",
                "::ffff:169.254.169.254",
                "64:ff9b::169.254.169.254",
                "64:ff9b:1::7f00:1",
                "100::1",
                "2001::1",
                "2001:0:7f00:1::",
                "2001:db8::1",
                "2002:a9fe:a9fe::",
                "3fff::1",
                "5f00::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1",
                "4000::1",
                "1::1"
            })
    void a_special_address_is_refused_even_where_own_networks_are_allowed(String literal) {
        assertThat(lenient.refusal(InetAddress.ofLiteral(literal))).isPresent();
    }

    @Test
    void a_mapped_address_that_java_kept_as_ipv6_is_judged_by_its_ipv4() throws Exception {
        var mapped = mapped(127, 0, 0, 1);

        assertThat(mapped.getAddress()).hasSize(16);
        assertThat(strict.refusal(mapped)).isPresent();
        assertThat(strict.refusal(mapped(1, 1, 1, 1))).isEmpty();
    }

    private static InetAddress mapped(int a, int b, int c, int d) throws UnknownHostException {
        byte[] bytes = new byte[16];
        bytes[10] = (byte) 0xFF;
        bytes[11] = (byte) 0xFF;
        bytes[12] = (byte) a;
        bytes[13] = (byte) b;
        bytes[14] = (byte) c;
        bytes[15] = (byte) d;
        return Inet6Address.getByAddress("tracker.example", bytes, -1);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 'The address 10.0.0.1 is refused: private network, RFC 1918; the setting"
                + " allow-private-destinations allows it'",
        "169.254.169.254, 'The address 169.254.169.254 is refused: link-local, cloud metadata'"
    })
    void a_refusal_says_what_the_address_is(String literal, String message) {
        assertThat(strict.refusal(InetAddress.ofLiteral(literal))).contains(message);
    }
}
