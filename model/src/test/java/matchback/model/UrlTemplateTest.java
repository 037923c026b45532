package matchback.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import matchback.model.UrlTemplate.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UrlTemplateTest {
    private static UrlTemplate template(String text) {
        var parsed = UrlTemplate.parse(text, Macros.CONVERSION);
        assertThat(parsed).as(text).isInstanceOf(Parsed.Template.class);
        return ((Parsed.Template) parsed).template();
    }

    private static String problem(String text) {
        var parsed = UrlTemplate.parse(text, Macros.CONVERSION);
        assertThat(parsed).as(text).isInstanceOf(Parsed.Problem.class);
        return ((Parsed.Problem) parsed).message();
    }

    private static String filled(String text, Map<String, String> values) {
        return template(text).fill(name -> values.getOrDefault(name, ""));
    }

    @Test
    void macros_are_replaced_wherever_they_stand_after_the_host() {
        var values = Map.of("clickid", "06HC", "sub1", "a b", "payout", "12.50");

        assertThat(filled("https://x.example/{sub1}/p?c={clickid}&p={payout}#{sub1}", values))
                .isEqualTo("https://x.example/a%20b/p?c=06HC&p=12.50#a%20b");
        assertThat(filled("https://x.example/?c={clickid}{sub2}", values))
                .isEqualTo("https://x.example/?c=06HC");
        assertThat(filled("https://x.example:8443?{sub1}={sub1}", values))
                .isEqualTo("https://x.example:8443?a%20b=a%20b");
        assertThat(filled("http://x.example", values)).isEqualTo("http://x.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a&b=c|a%26b%3Dc",
                "a#b|a%23b",
                "a?b/c|a%3Fb%2Fc",
                "{clickid}|%7Bclickid%7D",
                "a%41|a%2541",
                "ü|%C3%BC",
            })
    void a_value_stays_in_its_place(String value, String encoded) {
        assertThat(filled("https://x.example/?s={sub1}&e=1", Map.of("sub1", value)))
                .isEqualTo("https://x.example/?s=" + encoded + "&e=1");
    }

    @Test
    void a_value_can_break_neither_a_header_nor_a_line() {
        assertThat(filled("https://x.example/?s={sub1}", Map.of("sub1", "a\r\nX: y\u0000")))
                .isEqualTo("https://x.example/?s=a%0D%0AX%3A%20y%00");
    }

    @Test
    void a_long_value_is_cut() {
        var url = filled("https://x.example/?s={sub1}", Map.of("sub1", "x".repeat(600)));

        assertThat(url).isEqualTo("https://x.example/?s=" + "x".repeat(512));
    }

    @Test
    void a_value_is_never_cut_within_a_character() {
        var url = filled("https://x.example/?s={sub1}", Map.of("sub1", "x".repeat(511) + "😀"));

        assertThat(url).isEqualTo("https://x.example/?s=" + "x".repeat(511));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x.example",
                "//x.example/",
                "ftp://x.example/",
                "javascript:alert(1)",
                "HTTPS ://x",
                "https://",
                "https:///path",
                "https://:80/",
                "https://?a=1",
                "https://{sub1}/",
                "https://x{sub1}.example/",
                "https://x.example:{sub1}/",
                "https://user@x.example/",
                "https://user:{sub1}@x.example/",
                "https://x.example/a b",
                "https://x.example/a\nb",
                "https://x.example\\@evil.example/",
                "https://x.example/\u007F"
            })
    void what_is_no_safe_url_is_refused(String text) {
        assertThat(problem(text)).isNotBlank();
    }

    @Test
    void an_unknown_macro_is_refused_with_the_known_ones() {
        var parsed = UrlTemplate.parse("https://x.example/?a={click}", Set.of("sub1", "clickid"));

        assertThat(parsed)
                .isEqualTo(new Parsed.Problem("Unknown macro {click}; known are clickid, sub1"));
        assertThat(problem("https://x.example/?a={}")).startsWith("Unknown macro {}");
        assertThat(problem("https://x.example/?a=" + "b".repeat(4096))).contains("at most 4096");
    }

    @Test
    void an_open_brace_without_its_end_is_text() {
        assertThat(filled("https://x.example/?a={b", Map.of()))
                .isEqualTo("https://x.example/?a={b");
    }

    @Test
    void a_template_knows_its_host_and_its_macros() {
        var template = template("https://x.example:8443/p?c={clickid}");

        assertThat(template.authority()).isEqualTo("x.example:8443");
        assertThat(template.uses("clickid")).isTrue();
        assertThat(template.uses("sub1")).isFalse();
        assertThat(template).hasToString("https://x.example:8443/p?c={clickid}");
    }

    @ParameterizedTest
    @CsvSource({
        "https://x.example, https://x.example?cl%20id=a%26b",
        "https://x.example/?, https://x.example/?cl%20id=a%26b",
        "https://x.example/?a=1, https://x.example/?a=1&cl%20id=a%26b",
        "https://x.example/?a=1&, https://x.example/?a=1&cl%20id=a%26b",
        "https://x.example/p#f, https://x.example/p?cl%20id=a%26b#f",
        "https://x.example/p#f?g, https://x.example/p?cl%20id=a%26b#f?g",
        "https://x.example/?a=1#f, https://x.example/?a=1&cl%20id=a%26b#f"
    })
    void a_parameter_is_added_to_the_query_before_any_fragment(String url, String expected) {
        assertThat(UrlTemplate.withParameter(url, "cl id", "a&b")).isEqualTo(expected);
    }
}
