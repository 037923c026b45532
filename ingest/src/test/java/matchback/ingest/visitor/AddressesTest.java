package matchback.ingest.visitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AddressesTest {
    private static final Instant BUILT = Instant.parse("2026-11-01T00:00:00Z");

    @TempDir Path folder;
    private Path places;
    private Path providers;

    @BeforeEach
    void write() throws IOException {
        places = folder.resolve("city.mmdb");
        providers = folder.resolve("asn.mmdb");
        places("DE", "Bavaria", "Munich");
        new AddressFileWriter("Test-ASN")
                .add("198.51.100.0/24", provider(64_496, "Example Broadband"))
                .add("2001:db8::/32", provider(4_200_000_001L, "Example Six"))
                .write(providers, BUILT);
    }

    private void places(String country, String region, String city) throws IOException {
        new AddressFileWriter("Test-City")
                .add("198.51.100.0/24", place(country, region, city))
                .add("198.51.100.128/25", Map.of("country", Map.of("iso_code", "AT")))
                .add("2001:db8::/32", place("JP", "Tokyo", "Tokyo"))
                .add(
                        "203.0.113.0/24",
                        Map.of(
                                "continent", Map.of("code", "EU"),
                                "registered_country", Map.of("iso_code", "FR")))
                .write(places, BUILT);
    }

    private static Map<String, Object> place(String country, String region, String city) {
        return Map.of(
                "continent",
                Map.of("code", "XX", "names", Map.of("de", "irgendwo", "en", "somewhere")),
                "country",
                Map.of("geoname_id", 1L, "iso_code", country, "names", Map.of("en", country)),
                "location",
                Map.of("accuracy_radius", (short) 20, "time_zone", "Europe/Berlin"),
                "subdivisions",
                List.of(Map.of("iso_code", "XY", "names", Map.of("de", "Teil", "en", region))),
                "city",
                Map.of("geoname_id", 2L, "names", Map.of("de", "Stadt", "en", city)));
    }

    private static Map<String, Object> provider(long number, String name) {
        return Map.of("autonomous_system_number", number, "autonomous_system_organization", name);
    }

    private Addresses open() {
        return Addresses.open(
                Optional.of(places), Optional.of(providers), folder.resolve("copies"));
    }

    private static Map<String, String> told(Addresses addresses, String address) {
        var traits = new TreeMap<String, String>();
        addresses.tell(InetAddress.ofLiteral(address), traits);
        return traits;
    }

    @Test
    void an_address_has_a_place_and_a_provider() {
        var addresses = open();

        assertThat(told(addresses, "198.51.100.7"))
                .isEqualTo(
                        Map.of(
                                "country", "DE",
                                "region", "Bavaria",
                                "city", "Munich",
                                "isp", "Example Broadband",
                                "asn", "AS64496"));
        assertThat(told(addresses, "2001:db8::7"))
                .containsEntry("country", "JP")
                .containsEntry("asn", "AS4200000001");
    }

    @Test
    void what_a_record_does_not_say_is_left_out() {
        var addresses = open();

        assertThat(told(addresses, "198.51.100.200"))
                .containsEntry("country", "AT")
                .doesNotContainKeys("region", "city");
        assertThat(told(addresses, "203.0.113.1"))
                .as("where a network is registered is not where the visitor is")
                .isEmpty();
        assertThat(told(addresses, "127.0.0.1")).isEmpty();
    }

    @Test
    void without_databases_nothing_is_told() {
        assertThat(told(Addresses.UNKNOWN, "198.51.100.7")).isEmpty();
    }

    @Test
    void a_file_that_changes_is_read_again() throws IOException {
        var addresses = open();
        places("PL", "Silesia", "Katowice");
        assertThat(told(addresses, "198.51.100.7")).containsEntry("city", "Munich");

        addresses.renew();

        assertThat(told(addresses, "198.51.100.7")).containsEntry("city", "Katowice");
    }

    @Test
    void a_file_that_is_spoilt_while_it_is_read_disturbs_nothing() throws IOException {
        var addresses = open();
        var whole = Files.readAllBytes(places);

        Files.write(places, Arrays.copyOf(whole, whole.length / 2));
        addresses.renew();

        assertThat(told(addresses, "198.51.100.7")).containsEntry("city", "Munich");
        assertThat(told(addresses, "2001:db8::7")).containsEntry("city", "Tokyo");
    }

    @Test
    void a_wrong_file_is_told_of_with_its_setting_and_what_it_is() throws IOException {
        var text = folder.resolve("notes.txt");
        Files.writeString(text, "no database");
        var copies = folder.resolve("copies");

        assertThatThrownBy(() -> Addresses.open(Optional.of(text), Optional.empty(), copies))
                .isInstanceOf(UnusableFile.class)
                .hasMessageContaining("geo-database")
                .hasMessageContaining("notes.txt");
        assertThatThrownBy(() -> Addresses.open(Optional.of(providers), Optional.empty(), copies))
                .isInstanceOf(UnusableFile.class)
                .hasMessageContaining("Test-ASN")
                .hasMessageContaining("nothing tells a country");
        assertThatThrownBy(() -> Addresses.open(Optional.empty(), Optional.of(places), copies))
                .isInstanceOf(UnusableFile.class)
                .hasMessageContaining("isp-database")
                .hasMessageContaining("Test-City");
        assertThatThrownBy(() ->
                        Addresses.open(
                                Optional.of(folder.resolve("none.mmdb")), Optional.empty(), copies))
                .isInstanceOf(UnusableFile.class)
                .hasMessageContaining("there is no such file");
    }

    @Test
    void the_databases_in_use_are_named() {
        assertThat(open().about())
                .containsExactly(
                        "file=" + places + " type=Test-City built=" + BUILT,
                        "file=" + providers + " type=Test-ASN built=" + BUILT);
    }
}
