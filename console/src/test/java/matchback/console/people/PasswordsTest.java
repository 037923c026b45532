package matchback.console.people;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PasswordsTest {

    /// From the reference implementation's tests: version 19, 256 KiB, two passes, one lane.
    private static final String OF_OTHERS =
            "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ"
                    + "$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

    @Test
    void a_hash_fits_its_password_alone_and_never_looks_the_same_twice() {
        var hash = Passwords.hash("correct horse battery");

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(Passwords.matches("correct horse battery", hash)).isTrue();
        assertThat(Passwords.matches("correct horse batterx", hash)).isFalse();
        assertThat(Passwords.hash("correct horse battery")).isNotEqualTo(hash);
    }

    @Test
    void a_hash_of_other_parameters_is_read_by_its_own() {
        assertThat(Passwords.matches("password", OF_OTHERS)).isTrue();
        assertThat(Passwords.matches("passwore", OF_OTHERS)).isFalse();
    }

    @Test
    void the_same_letters_in_another_form_are_the_same_password() {
        var hash = Passwords.hash("Gru\u0308ne Flaschen");

        assertThat(Passwords.matches("Gr\u00fcne Flaschen", hash)).isTrue();
    }

    @Test
    void what_is_no_hash_fits_nothing() {
        assertThat(Passwords.matches("password", "")).isFalse();
        assertThat(Passwords.matches("password", OF_OTHERS.replace("m=256", "m=9999999")))
                .isFalse();
    }

    @Test
    void a_password_is_long_and_not_of_a_few_letters_nor_of_the_login() {
        assertThat(Passwords.problem("elevenchars", "anna")).isPresent();
        assertThat(Passwords.problem("abababababab", "anna")).isPresent();
        assertThat(Passwords.problem("anna-and-a-half", "anna")).isPresent();
        assertThat(Passwords.problem("seven green bottles", "anna")).isEmpty();
    }
}
