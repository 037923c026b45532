package matchback.ingest.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BotWordsTest {

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
        assertThat(BotWords.has(agent)).isTrue();
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
        assertThat(BotWords.has(agent)).isFalse();
    }
}
