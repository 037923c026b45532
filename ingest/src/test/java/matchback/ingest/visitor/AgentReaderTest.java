package matchback.ingest.visitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AgentReaderTest {
    private static final AgentReader READER = AgentReader.shipped();

    /// Agents are built by the patterns that platforms document for their browsers and apps.
    @ParameterizedTest
    @CsvFileSource(resources = "people.csv", delimiter = '|', numLinesToSkip = 1)
    void a_person_has_device_system_browser_and_app(
            String agent, String device, String system, String browser, String app) {
        var told = READER.read(agent);

        assertThat(told.bot()).isEmpty();
        assertThat(told.traits().get("device")).isEqualTo(device);
        assertThat(told.traits().get("os_version")).isEqualTo(system);
        assertThat(told.traits().get("browser_version")).isEqualTo(browser);
        assertThat(told.traits().get("in_app")).isEqualTo(app);
    }

    @Test
    void names_stand_without_versions_too() {
        var told =
                READER.read(
                        "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0");

        assertThat(told.traits())
                .containsEntry("os", "Linux")
                .doesNotContainKey("os_version")
                .containsEntry("browser", "Firefox")
                .containsEntry("browser_version", "Firefox 128");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)  | search_engine
                    AdsBot-Google (+http://www.google.com/adsbot.html)                        | advertising
                    facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php) | social_preview
                    WhatsApp/2.23.20.0                                                        | social_preview
                    Twitterbot/1.0                                                            | social_preview
                    Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)        | seo
                    Mozilla/5.0 AppleWebKit/537.36 (compatible; GPTBot/1.1; +https://openai.com/gptbot) | ai_crawler
                    Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)    | monitoring
                    Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/120.0 Safari/537.36 | browser_automation
                    Mozilla/5.0 (compatible; Nobody-Knows-This-Bot/1.0)                       | user_agent
                    """)
    void a_listed_agent_is_a_bot_by_its_category(String agent, String category) {
        assertThat(READER.read(agent).bot()).isEqualTo(category);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "curl/8.5.0",
                "okhttp/4.12.0",
                "Java-http-client/25",
                "python-requests/2.31.0",
                "Dalvik/2.1.0 (Linux; U; Android 12; SM-G991B)",
                "Shop/3 CFNetwork/1494.0.7 Darwin/23.4.0"
            })
    void nobody_is_a_bot_for_an_unusual_agent(String agent) {
        assertThat(READER.read(agent).bot()).isEmpty();
    }

    /// The worst that were found; each runs within what a visitor waits.
    @ParameterizedTest
    @ValueSource(strings = {"a;", "(", "Chrome/1.1 ", "a/1 (b/2 (", "1;", "A ", "Mobile;"})
    void an_agent_made_to_be_slow_is_read_all_the_same(String part) {
        var agent = ("Mozilla/5.0 (Linux; Android 12; " + part.repeat(512)).substring(0, 512);
        long from = System.nanoTime();

        READER.read(agent);

        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void newer_rules_stand_in_for_those_shipped(@TempDir Path folder) throws IOException {
        var rules = folder.resolve("regexes.yaml");
        Files.writeString(
                rules,
                """
                user_agent_parsers:
                  - regex: '(Example)/(\\d+)\\.(\\d+)'
                os_parsers:
                  - regex: '(ExampleOS) (\\d+)'
                device_parsers:
                  - regex: 'ExamplePhone'
                    device_replacement: 'Example Phone'
                """);

        var told = AgentReader.by(rules).read("Mozilla/5.0 (ExampleOS 7) Example/3.1");

        assertThat(told.traits())
                .containsEntry("browser_version", "Example 3")
                .containsEntry("os_version", "ExampleOS 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no: rules", "- [", "user_agent_parsers: [{regex: '('}]"})
    void a_file_that_holds_no_rules_is_named(String text, @TempDir Path folder) throws IOException {
        var rules = folder.resolve("regexes.yaml");
        Files.writeString(rules, text);

        assertThatThrownBy(() -> AgentReader.by(rules))
                .isInstanceOf(UnusableFile.class)
                .hasMessageContaining("regexes.yaml");
    }
}
