package matchback.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import matchback.ingest.testing.HeaderLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VisitorSignsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
                "AdsBot-Google (+http://www.google.com/adsbot.html)",
                "Twitterbot/1.0",
                "SomeBot",
                "My Crawler 3",
                "Baiduspider+(+http://www.baidu.com/search/spider.htm)",
                "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120.0.0.0"
            })
    void who_says_so_is_a_bot(String agent) {
        assertThat(VisitorSigns.saysBot(agent)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "curl/8.5.0",
                "okhttp/4.12.0",
                "Mozilla/5.0 (Linux; Android 9; CUBOT X18 Plus) AppleWebKit/537.36",
                "Mozilla/5.0 (Linux; Android 11; CUBOT_NOTE_20)",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Bottle/1",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)"
            })
    void who_does_not_is_none(String agent) {
        assertThat(VisitorSigns.saysBot(agent)).isFalse();
    }

    @Test
    void missing_headers_make_no_bot() {
        var signs = VisitorSigns.of(new HeaderLines());

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
        "Purpose: shopping, false"
    })
    void a_prefetch_says_so(String line, boolean isPrefetch) {
        assertThat(VisitorSigns.of(new HeaderLines(line)).prefetch()).isEqualTo(isPrefetch);
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
}
