package matchback.deliver.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where the forms end: what is no such thing, and what must not be made up.
class NormalisersTest {

    @ParameterizedTest
    @ValueSource(strings = {"plain", "@example.com", "a@b", "a b@example.com", "a@b@example.com"})
    void what_is_no_address_is_not_hashed_as_one(String raw) {
        assertThat(Normalisers.email(raw, "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "+44 844 412 4653, 448444124653",
        "0049 170 1234567, 491701234567",
        "'(650) 555-1212', 6505551212"
    })
    void a_country_code_is_kept_and_never_made_up(String raw, String digits) {
        assertThat(Normalisers.phoneDigits(raw, "us")).hasValue(digits);
        assertThat(Normalisers.phoneE164(raw, "us")).hasValue("+" + digits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "n/a", "12345678901234567"})
    void what_is_too_short_or_too_long_is_no_phone(String raw) {
        assertThat(Normalisers.phoneDigits(raw, "")).isEmpty();
    }

    @Test
    void an_accent_typed_by_itself_is_the_same_letter() {
        assertThat(Normalisers.letters("Mu\u0308ller", "")).hasValue("müller");
    }

    @ParameterizedTest
    @CsvSource({"California, us, ca", "California, '', ca", "Georgia, ge, georgia", "NY, us, ny"})
    void only_a_state_of_the_us_is_cut_to_two_letters(String raw, String country, String form) {
        assertThat(Normalisers.region(raw, country)).hasValue(form);
    }

    @ParameterizedTest
    @CsvSource({
        "94035-1234, us, 94035",
        "94035-1234, '', 94035",
        "12345, de, 12345",
        "123456789, in, 123456789"
    })
    void only_a_zip_of_the_us_is_cut(String raw, String country, String form) {
        assertThat(Normalisers.postalCode(raw, country)).hasValue(form);
    }

    @ParameterizedTest
    @CsvSource({
        "Deutschland,",
        "DE, de",
        "DEU, de",
        "Germany, de",
        "UK, gb",
        "USA, us",
        "XX,",
    })
    void a_country_is_known_by_code_or_english_name(String raw, String code) {
        assertThat(Normalisers.country(raw, "").orElse(null)).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1997-02-30", "16/02/1997", "yesterday", "97-02-16"})
    void a_date_that_cannot_be_told_is_left_out(String raw) {
        assertThat(Normalisers.birthDate(raw, "")).isEmpty();
    }

    @Test
    void a_hash_stays_a_hash_in_lower_case() {
        var hash = Normaliser.sha256("jane@example.com");
        Normaliser email = Normalisers::email;

        assertThat(email.hash(hash.toUpperCase(java.util.Locale.ROOT), "")).isEqualTo(hash);
        assertThat(email.hash(hash.substring(1), "")).isEmpty();
    }
}
