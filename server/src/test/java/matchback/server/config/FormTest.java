package matchback.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.ingest.apple.AppleKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {

    @Test
    void times_and_sizes_carry_their_unit() {
        assertThat(read(Form.DURATION, "250 ms")).contains(Duration.ofMillis(250));
        assertThat(read(Form.DURATION, "30 days")).contains(Duration.ofDays(30));
        assertThat(read(Form.DURATION, "3d")).contains(Duration.ofDays(3));
        assertThat(read(Form.DURATION, "2min")).contains(Duration.ofMinutes(2));
        assertThat(read(Form.DURATION, "30")).isEmpty();
        assertThat(read(Form.DURATION, "-1 s")).isEmpty();
        assertThat(read(Form.SIZE, "64 KiB")).contains(65_536L);
        assertThat(read(Form.SIZE, "1 GiB")).contains(1L << 30);
        assertThat(read(Form.SIZE, "64 KB")).isEmpty();
    }

    @Test
    void a_number_keeps_its_bounds() {
        assertThat(read(Form.PORT, "0")).contains(0);
        assertThat(read(Form.PORT, "65535")).contains(65_535);
        assertThat(read(Form.PORT, "65536")).isEmpty();
        assertThat(read(Form.PORT, "-1")).isEmpty();
        assertThat(read(Form.PORT, "99999999999")).isEmpty();
    }

    @Test
    void a_public_key_is_of_its_curve() {
        var old = AppleKeys.PUBLISHED.skanOld();
        var present = AppleKeys.PUBLISHED.skan();

        assertThat(read(Form.publicKey(192), old)).contains(old);
        assertThat(read(Form.publicKey(256), present)).contains(present);
        assertThat(read(Form.publicKey(256), "")).contains("");
        assertThat(read(Form.publicKey(256), old)).isEmpty();
        assertThat(read(Form.publicKey(192), present)).isEmpty();
        assertThat(read(Form.publicKey(256), "secret")).isEmpty();
        assertThat(read(Form.PUBLIC_KEYS, "")).contains(Map.of());
        assertThat(read(Form.PUBLIC_KEYS, "a/0=" + present)).contains(Map.of("a/0", present));
        assertThat(read(Form.PUBLIC_KEYS, present)).isEmpty();
        assertThat(read(Form.PUBLIC_KEYS, "a=" + present + ",a=" + present)).isEmpty();
    }

    @Test
    void networks_are_separated_by_commas() {
        assertThat(read(Form.NETWORKS, "10.0.0.0/8, ::1/128"))
                .contains(List.of("10.0.0.0/8", "::1/128"));
        assertThat(read(Form.NETWORKS, "")).contains(List.of());
        assertThat(read(Form.NETWORKS, "everyone")).isEmpty();
        assertThat(read(Form.NETWORKS, "10.0.0.0/8,")).isEmpty();
    }

    @Test
    void a_url_is_of_the_web_and_ends_without_a_slash() {
        assertThat(read(Form.URL, "https://track.example.com/"))
                .contains("https://track.example.com");
        assertThat(read(Form.URL, "")).contains("");
        assertThat(read(Form.URL, "track.example.com")).isEmpty();
        assertThat(read(Form.URL, "file:///etc/passwd")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "TRUE", "yes", "on"})
    void a_flag_can_be_set_in_several_words(String text) {
        assertThat(read(Form.FLAG, text)).contains(true);
        assertThat(read(Form.FLAG, text + "!")).isEmpty();
    }

    private static <T> Optional<T> read(Form<T> form, String text) {
        return form.reader().apply(text);
    }
}
