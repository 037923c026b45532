package matchback.ingest.visitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VisitorsTest {
    private static final String PERSON =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0";

    @TempDir Path folder;

    private static Visitors.Shown shown(String agent, String address) {
        return new Visitors.Shown(agent, "", "", InetAddress.ofLiteral(address));
    }

    private static String bot(Visitors visitors, Visitors.Shown shown) {
        return visitors.tell(shown, new HashMap<>());
    }

    private Path list(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.writeString(file, text);
        return file;
    }

    private Visitors listing(Path... files) throws IOException {
        var asn = folder.resolve("asn.mmdb");
        new AddressFileWriter("Test-ASN")
                .add("198.51.100.0/24", Map.of("autonomous_system_number", 64_496L))
                .write(asn, Instant.EPOCH);
        return new Visitors(
                null,
                Addresses.open(Optional.empty(), Optional.of(asn), folder.resolve("copies")),
                DataCentres.open(List.of(files)));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, data_centre",
        "192.0.2.255, data_centre",
        "192.0.3.0, ''",
        "2001:db8:5::1, data_centre",
        "2001:db8:6::1, ''",
        "198.51.100.7, data_centre",
        "203.0.113.9, data_centre",
        "203.0.113.10, ''"
    })
    void who_comes_from_a_listed_network_is_a_bot(String address, String bot) throws IOException {
        var published =
                list(
                        "cloud.json",
                        """
                        {"syncToken": "1", "createDate": "2026-11-01-00-00-00", "prefixes": [
                          {"ip_prefix": "192.0.2.0/25", "region": "eu-west-1"},
                          {"ip_prefix": "192.0.2.128/25"},
                          {"ipv6Prefix": "2001:db8:5::/48"}]}
                        """);
        var own =
                list(
                        "own.txt",
                        "# ours, 2026-11\nAS64496 # by number\n203.0.113.9,NL,NL-NH,Amsterdam,\n");

        var visitors = listing(published, own);

        assertThat(bot(visitors, shown(PERSON, address))).isEqualTo(bot);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "192.168.0.1",
                "100.64.0.1",
                "::1",
                "fd00::1",
                "fe80::1"
            })
    void loopback_and_private_addresses_are_in_no_data_centre(String address) throws IOException {
        var everything = list("all.txt", "0.0.0.0/0\n::/0\n");

        var visitors = listing(everything);

        assertThat(bot(visitors, shown(PERSON, address))).isEmpty();
        assertThat(bot(visitors, shown(PERSON, "192.0.2.1"))).isEqualTo("data_centre");
    }

    @Test
    void nothing_shown_makes_nobody_a_bot() throws IOException {
        var visitors = listing(list("none.txt", "AS1"));

        var traits = new HashMap<String, String>();

        assertThat(visitors.tell(shown("", "0.0.0.0"), traits)).isEmpty();
        assertThat(traits).isEmpty();
    }

    @Test
    void client_hints_name_a_browser_that_a_program_drives() {
        var shown =
                new Visitors.Shown(
                        PERSON,
                        "",
                        "\"HeadlessChrome\";v=\"140\", \"Not=A?Brand\";v=\"24\"",
                        InetAddress.ofLiteral("192.0.2.1"));

        assertThat(bot(Visitors.UNAIDED, shown)).isEqualTo("browser_automation");
    }

    @Test
    void an_android_app_names_itself_beside_its_agent() {
        var shown =
                new Visitors.Shown(
                        PERSON, "com.instagram.android", "", InetAddress.ofLiteral("192.0.2.1"));

        var traits = new HashMap<String, String>();
        Visitors.UNAIDED.tell(shown, traits);

        assertThat(traits).containsEntry("in_app", "instagram");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"a":         | is none
                    no networks   | names no network
                    1.2.3.4/33    | names no network
                    """)
    void a_list_that_is_none_is_named(String text, String why) throws IOException {
        var file = list("list", text);

        assertThatThrownBy(() -> DataCentres.open(List.of(file)))
                .isInstanceOf(UnusableFile.class)
                .hasMessageContaining("data-centres")
                .hasMessageContaining(why);
    }

    @Test
    void a_list_that_changes_is_read_again_and_a_spoilt_one_is_not() throws IOException {
        var file = list("list", "192.0.2.0/24");
        var centres = DataCentres.open(List.of(file));
        var address = InetAddress.ofLiteral("203.0.113.1");

        list("list", "203.0.113.0/24");
        centres.renew();
        list("list", "nothing");
        centres.renew();

        assertThat(centres.contain(address, "")).isTrue();
        assertThat(centres.about()).isEqualTo("networks=1 as-numbers=0");
    }
}
