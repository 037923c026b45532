package matchback.model.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import matchback.model.Params;
import matchback.model.catalog.OldLink.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OldLinkTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    https://trk.example/7f2b5a5e-1b7c-4e0a-9d52-0a4f0c6f1e11?zone={zoneid} | /7f2b5a5e-1b7c-4e0a-9d52-0a4f0c6f1e11
                    https://trk.example/64a1b2c3d4e5f60718293a4b?sub1=x&ref_id={clickid}    | /64a1b2c3d4e5f60718293a4b
                    http://trk.example/click.php?lp=1&key=a1b2&c=3#top                      | /click.php?key=a1b2
                    trk.example/x                                                           |
                    //trk.example/click?key=zz                                              | /click?key=zz
                    /8Fk2Bq/                                                                | /8Fk2Bq
                    /summer/2025                                                            | /summer/2025
                    https://trk.example                                                     | /
                    /a%20b                                                                  | /a%20b
                    """)
    void a_link_is_read_in_the_forms_people_have_it_in(String written, String expected) {
        var parsed = OldLink.parse(written);

        if (expected == null) {
            assertThat(parsed).isInstanceOf(Parsed.Problem.class);
        } else {
            assertThat(parsed).isEqualTo(new Parsed.Link(new OldLink(expected)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/c/summer",
                "/c",
                "/postback",
                "/postback/net",
                "/pixel.gif",
                "/m.js",
                "/e",
                "/.well-known/skadnetwork/report-attribution",
                "/robots.txt",
                "/favicon.ico",
                "/pb",
                "/cf/cv",
                "/tracking202/static/gpb.php",
                "/somekey/postback",
                "/click.php",
                "/click?cnv_id=x",
                "/with space",
                "/{campaign}"
            })
    void a_path_that_is_served_for_something_else_is_none(String written) {
        assertThat(OldLink.parse(written)).isInstanceOf(Parsed.Problem.class);
    }

    @Test
    void a_request_is_looked_up_in_the_form_that_was_read() {
        assertThat(OldLink.of("/8Fk2Bq/", "key=1")).contains(new OldLink("/8Fk2Bq"));
        assertThat(OldLink.of("/click.php", "a=1&key=a1b2"))
                .contains(new OldLink("/click.php?key=a1b2"));
        assertThat(OldLink.of("/click.php", "a=1")).isEmpty();
    }

    @Test
    void binoms_key_is_no_parameter_of_the_visitor() {
        var params = Params.ofQuery("key=a&x=1");

        assertThat(OldLink.withoutKey("/click", params).list()).hasSize(1);
        assertThat(OldLink.withoutKey("/c/summer", params).list()).hasSize(2);
    }
}
