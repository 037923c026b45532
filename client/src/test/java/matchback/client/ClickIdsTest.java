package matchback.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClickIdsTest {
    @ParameterizedTest
    @CsvSource({
        "clickid=0123456789abcdef, 0123456789abcdef",
        "a=1&click_id=0123456789abcdef&b=2, 0123456789abcdef",
        "clickid=&cid=0123456789abcdef, 0123456789abcdef",
        "clickid=%30123456789abcdef, 0123456789abcdef",
        "cid=bbbbbbbbbbbb&clickid=aaaaaaaaaaaa, aaaaaaaaaaaa",
    })
    void is_found_in_a_query(String query, String expected) {
        assertThat(ClickIds.inQuery(query)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "clickid",
                "clickid={clickid}",
                "clickid=a%0d%0aSet-Cookie:x=1",
                "clickid=%zz",
                "xclickid=0123456789abcdef"
            })
    void nothing_else_is_taken_for_one(String query) {
        assertThat(ClickIds.inQuery(query)).isEmpty();
    }

    @Test
    void comes_back_from_the_cookie_it_was_put_into() {
        // when
        var cookie = ClickIds.setCookie("0123456789abcdef", true);

        // then
        assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax").contains("Secure");
        var sent = "theme=dark; " + cookie.substring(0, cookie.indexOf(';')) + "; lang=en";
        assertThat(ClickIds.inCookies(sent)).contains("0123456789abcdef");
        assertThat(ClickIds.inCookies(null)).isEqualTo(Optional.empty());
    }

    @Test
    void nothing_else_is_put_into_a_cookie() {
        assertThatThrownBy(() -> ClickIds.setCookie("a; Domain=x", false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
