package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import matchback.ingest.visitor.AddressFileWriter;
import matchback.server.testing.Await;
import matchback.server.testing.Installed;
import matchback.server.testing.ServerProcess;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is known of visitors, on the program as it runs: from the click to its page and the report.
class KnownVisitorsTest {
    private static final String PHONE =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML,"
                    + " like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/518.0.0.52.100;FBSV/18.5]";
    private static final String DESKTOP =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0";

    @TempDir static Path folder;
    private static Path places;
    private static Path providers;
    private static Path clouds;
    private static Installed installed;

    @BeforeAll
    static void start() throws IOException {
        places = folder.resolve("city.mmdb");
        providers = folder.resolve("asn.mmdb");
        clouds = folder.resolve("clouds.json");
        places("DE", "Munich");
        new AddressFileWriter("Test-ASN")
                .add(
                        "198.51.100.0/24",
                        Map.of(
                                "autonomous_system_number",
                                64_496L,
                                "autonomous_system_organization",
                                "Example Broadband"))
                .write(providers, Instant.EPOCH);
        Files.writeString(clouds, "{\"prefixes\":[{\"ip_prefix\":\"203.0.113.0/24\"}]}");
        installed =
                Installed.on(
                        Launch.on(folder.resolve("data"))
                                .with(
                                        "--geo-database",
                                        places.toString(),
                                        "--isp-database",
                                        providers.toString(),
                                        "--data-centres",
                                        clouds.toString(),
                                        "--trusted-proxies",
                                        "127.0.0.0/8",
                                        "--place-headers",
                                        "country=CF-IPCountry")
                                .start());
    }

    @AfterAll
    static void end() {
        installed.close();
    }

    private static void places(String country, String city) throws IOException {
        new AddressFileWriter("Test-City")
                .add(
                        "198.51.100.0/24",
                        Map.of(
                                "country", Map.of("iso_code", country),
                                "subdivisions",
                                        List.of(
                                                Map.of(
                                                        "names",
                                                        Map.of("en", "Part of " + country))),
                                "city", Map.of("names", Map.of("en", city))))
                .write(places, Instant.EPOCH);
    }

    private static String click(String campaign, String agent, String address, String... headers) {
        var all = new java.util.ArrayList<>(List.of("User-Agent", agent));
        all.addAll(List.of("X-Forwarded-For", address));
        all.addAll(List.of(headers));
        return Installed.clickId(
                installed.client().get("/c/" + campaign, all.toArray(String[]::new)));
    }

    /// An agent is read while its visitor waits, but a busy machine may take too long for the
    /// first.
    private static void learn(String agent) {
        Await.until(
                "the agent is known",
                () -> traits(click(Installed.CAMPAIGN, agent, "192.0.2.1")).hasNonNull("browser"));
    }

    private static JsonNode traits(String clickId) {
        return installed.story(clickId).at("/click/traits");
    }

    @Test
    void a_click_tells_who_came_on_its_page_and_in_reports() {
        learn(PHONE);

        var id =
                click(
                        Installed.CAMPAIGN + "?zid=x1&fbclid=IwAR0_seven&gclid=%7Bgclid%7D",
                        PHONE,
                        "198.51.100.7",
                        "Accept-Language",
                        "de-DE,de;q=0.9",
                        "Referer",
                        "https://l.facebook.com/l.php?u=x");

        var traits = traits(id);
        assertThat(traits.path("device").asText()).isEqualTo("phone");
        assertThat(traits.path("os_version").asText()).isEqualTo("iOS 18");
        assertThat(traits.path("in_app").asText()).isEqualTo("facebook");
        assertThat(traits.path("isp").asText()).isEqualTo("Example Broadband");
        assertThat(traits.path("asn").asText()).isEqualTo("AS64496");
        assertThat(traits.path("language").asText()).isEqualTo("de-DE");
        assertThat(traits.path("referrer").asText()).isEqualTo("l.facebook.com");
        var platforms = installed.story(id).at("/click/platformClickIds");
        assertThat(platforms).hasSize(1);
        assertThat(platforms.at("/0/parameter").asText()).isEqualTo("fbclid");
        assertThat(platforms.at("/0/value").asText()).isEqualTo("IwAR0_seven");
        assertThat(platforms.at("/0/firstSeenAt").asText())
                .isEqualTo(installed.story(id).at("/click/clickedAt").asText());
        Await.until("it is in the report", () -> clicksOf("in_app", "facebook", "isp") > 0);
        for (var dimension :
                List.of(
                        "region",
                        "city",
                        "device",
                        "os",
                        "os_version",
                        "browser",
                        "browser_version",
                        "language",
                        "asn",
                        "referrer")) {
            assertThat(clicksOf("isp", "Example Broadband", dimension)).as(dimension).isPositive();
        }
    }

    /// Clicks of all rows that have a value of a dimension, by another one whose value is known.
    private static long clicksOf(String dimension, String value, String by) {
        var rows =
                installed
                        .client()
                        .read(
                                "/api/v1/report?metrics=clicks,bots&group=%s&%s=%s"
                                        .formatted(by, dimension, value.replace(" ", "%20")))
                        .path("rows");
        long clicks = 0;
        for (var row : rows) {
            if (!row.path(by).asText().equals("-")) {
                clicks += row.path("clicks").asLong() + row.path("bots").asLong();
            }
        }
        return clicks;
    }

    @Test
    void bots_are_redirected_told_apart_and_their_conversions_held() {
        var crawler = click(Installed.CAMPAIGN, "facebookexternalhit/1.1", "192.0.2.1");
        learn(DESKTOP);
        var cloud = click(Installed.CAMPAIGN, DESKTOP, "203.0.113.7");
        var person = click(Installed.CAMPAIGN, DESKTOP, "192.0.2.1");

        assertThat(installed.story(crawler).at("/click/bot").asText())
                .isIn("social_preview", "user_agent");
        assertThat(installed.story(cloud).at("/click/bot").asText()).isEqualTo("data_centre");
        assertThat(installed.story(person).at("/click/bot").isNull()).isTrue();
        assertThat(installed.convert(cloud, "&txid=B1")).isEqualTo("held bot_click");
        assertThat(installed.convert(person, "&txid=B2")).isEqualTo("counted new_conversion");
        Await.until("it is in the report", () -> clicksOf("device", "desktop", "bot") > 0);
    }

    @Test
    void a_trusted_proxy_tells_the_country_of_an_address_that_no_database_has() {
        var id = click(Installed.CAMPAIGN, DESKTOP, "192.0.2.9", "CF-IPCountry", "PT");

        assertThat(traits(id).path("country").asText()).isEqualTo("PT");
    }

    @Test
    void a_database_that_is_replaced_is_read_again() throws IOException {
        places("AT", "Vienna");

        Await.until(
                "the new one is read",
                () ->
                        traits(click(Installed.CAMPAIGN, DESKTOP, "198.51.100.8"))
                                .path("city")
                                .asText()
                                .equals("Vienna"));
    }

    @Test
    void a_wrong_file_keeps_the_program_from_starting_and_says_why() {
        var ended =
                Launch.on(folder.resolve("other"))
                        .with("--geo-database", providers.toString())
                        .run();

        assertThat(ended.code()).isNotZero();
        assertThat(ended.output())
                .contains("geo-database")
                .contains("Test-ASN")
                .contains("a city or country database is needed")
                .doesNotContain("Exception");
    }

    @Test
    void the_doctor_names_what_is_there_and_where_to_get_what_is_not() {
        var ended =
                ServerProcess.command(
                        "doctor",
                        "--data",
                        folder.resolve("third").toString(),
                        "--port",
                        "0",
                        "--console-port",
                        "0",
                        "--isp-database",
                        providers.toString(),
                        "--data-centres",
                        places.toString());

        assertThat(ended.output())
                .containsPattern("ok +geo-database +not set: .*db-ip.com")
                .containsPattern("ok +isp-database +file=.*asn.mmdb type=Test-ASN")
                .containsPattern("fail +data-centres +cannot read .*city.mmdb");
    }
}
