package matchback.model.net;

import static org.assertj.core.api.Assertions.assertThat;

import matchback.model.net.TargetUrl.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetUrlTest {
    private final AddressGuard strict = new AddressGuard(false);
    private final AddressGuard lenient = new AddressGuard(true);

    @ParameterizedTest
    @CsvSource({
        "https://tracker.example, true, tracker.example, 443, /",
        "http://tracker.example/a/b?c=d&e=%20f#g, false, tracker.example, 80, /a/b?c=d&e=%20f",
        "https://Tracker.EXAMPLE.:8443?x=1, true, tracker.example, 8443, /?x=1",
        "http://1.2.3.4:80/, false, 1.2.3.4, 80, /",
        "https://[2606:4700::1111]:444/p, true, 2606:4700::1111, 444, /p",
        "https://bücher.example/ä?q=ü|\", true, xn--bcher-kva.example, 443, /%C3%A4?q=%C3%BC%7C%22",
        "https://my_host.tracker.example/😀, true, my_host.tracker.example, 443, /%F0%9F%98%80",
        "http://１２７.０.０.１/, false, 127.0.0.1, 80, /",
        "http://127。0。0。1/, false, 127.0.0.1, 80, /",
    })
    void a_url_is_taken_apart(String text, boolean isSecure, String host, int port, String path) {
        assertThat(TargetUrl.parse(text))
                .isEqualTo(new Parsed.Target(new TargetUrl(isSecure, host, port, path)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://tracker.example/",
                "//tracker.example/",
                "HTTPS//tracker.example",
                "https://",
                "https:///path",
                "https://:443/",
                "https://user@tracker.example/",
                "https://user:secret@tracker.example/",
                "https://tracker.example@127.0.0.1/",
                "https://tracker.example:0/",
                "https://tracker.example:65536/",
                "https://tracker.example:80:80/",
                "https://tracker.example:+80/",
                "https://tracker..example/",
                "https://.example/",
                "https://-a.example/",
                "https://a b.example/",
                "https://tracker.example\r\nHost: x/",
                "https://tracker.example\\@127.0.0.1/",
                "https://%31%32%37.0.0.1/",
                "https://{source}.example/",
                "http://0x7f.1/",
                "http://0x7f000001/",
                "http://2130706433/",
                "http://0177.0.0.1/",
                "http://127.1/",
                "http://127.0.0.256/",
                "http://1.2.3.4.5/",
                "http://127.0.0.0x1/",
                "http://０ｘ7f.1/",
                "http://[::1/",
                "http://::1/",
                "http://[fe80::1%25eth0]/",
                "http://[127.0.0.1]/",
                "http://[]/",
                "http://[::1]x/",
                "http://[1:2]/"
            })
    void what_is_no_plain_url_is_no_target(String text) {
        assertThat(TargetUrl.parse(text)).isInstanceOf(Parsed.Problem.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:9000/pb?cid={externalid}",
                "http://10.0.0.1/",
                "http://localhost/",
                "http://LOCALHOST./",
                "http://tracker.localhost/",
                "http://[::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:7f00:1]/",
                "http://[fd00::1]/"
            })
    void a_template_that_names_an_own_network_is_refused_unless_allowed(String url) {
        assertThat(TargetUrl.problem(url, strict))
                .get()
                .asString()
                .contains("allow-private-destinations");
        assertThat(TargetUrl.problem(url, lenient)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest",
                "http://[::]/",
                "http://0.0.0.0/",
                "http://0x7f.1/"
            })
    void metadata_and_odd_forms_are_refused_always(String url) {
        assertThat(TargetUrl.problem(url, lenient)).isPresent();
    }

    @Test
    void a_name_is_not_resolved_to_be_judged() {
        assertThat(TargetUrl.problem("https://nowhere.invalid/?c={externalid}", strict)).isEmpty();
    }

    @Test
    void nothing_in_the_path_can_end_the_request_line() {
        var parsed = TargetUrl.parse("http://tracker.example/a b\r\nX: y\u0000?q=\u2028");

        assertThat(parsed)
                .isEqualTo(
                        new Parsed.Target(
                                new TargetUrl(
                                        false,
                                        "tracker.example",
                                        80,
                                        "/a%20b%0D%0AX:%20y%00?q=%E2%80%A8")));
    }
}
