package matchback.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import matchback.model.ClickIds.Reading;
import matchback.model.ClickIds.Reading.Authentic;
import matchback.model.ClickIds.Reading.Refused;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Golden click ids: what is printed here was sent out in links, so it must be read for ever.
final class ClickIdsTest {
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final long INSTALLED = 1_780_000_000_000L;
    private static final long CLICKED = 1_790_000_000_123L;
    private static final long NOW = CLICKED + 1000;
    private static final String GOLDEN = "06GC8M3CFC0004801HTVSMAWTW65BWTJ";

    private static ClickIdKey key(long from, String text) {
        return new ClickIdKey(from, text.repeat(4).getBytes(StandardCharsets.US_ASCII));
    }

    private static ClickIds ids(ClickIdKey... keys) {
        return new ClickIds(List.of(keys), INSTALLED, ForeignClickIds.KNOWN);
    }

    private final ClickIds ids = ids(key(INSTALLED, "01234567"));

    private static Reason refusal(Reading reading) {
        assertThat(reading).isInstanceOf(Refused.class);
        return ((Refused) reading).reason();
    }

    @Test
    void an_id_looks_as_it_always_did() {
        var id = ids.signed(CLICKED, 17, 0, 3, 123_456_789);

        assertThat(id.text()).isEqualTo(GOLDEN);
        assertThat(ids.read(id.text(), NOW)).isEqualTo(new Authentic(id));
        assertThat(ClickId.ofAuthentic(id.text())).isEqualTo(id);
    }

    @Test
    void the_largest_and_the_smallest_content_fit() {
        long last = (1L << 48) - 1;
        var largest = ids.signed(last, ClickId.CAMPAIGN_MAX, 15, ClickId.NODE_MAX, (1 << 30) - 1);
        var smallest = ids.signed(0, 0, 0, 0, 0);

        assertThat(largest.text()).isEqualTo("ZZZZZZZZZZZZZZZZZZZZZZZQC9BXY97K");
        assertThat(smallest.text()).isEqualTo("00000000000000000000000DS4QBKHZZ");
        assertThat(ClickId.ofAuthentic(largest.text())).isEqualTo(largest);
        assertThat(ClickId.ofAuthentic(smallest.text())).isEqualTo(smallest);
        assertThat(largest.isUnrecorded()).isTrue();
        assertThat(smallest.isUnrecorded()).isFalse();
    }

    @Test
    void an_id_in_lower_case_is_the_same_id() {
        var id = ids.signed(CLICKED, 17, 0, 3, 123_456_789);

        assertThat(ids.read(id.text().toLowerCase(Locale.ROOT), NOW)).isEqualTo(new Authentic(id));
    }

    @Test
    void every_change_of_one_character_is_refused() {
        var text = ids.signed(CLICKED, 17, 0, 3, 123_456_789).text();
        int changes = 0;

        for (int at = 0; at < ClickId.CHARS; at++) {
            for (int value = 0; value < DIGITS.length(); value++) {
                char digit = DIGITS.charAt(value);
                if (digit != text.charAt(at)) {
                    var changed = text.substring(0, at) + digit + text.substring(at + 1);
                    assertThat(refusal(ids.read(changed, NOW))).isEqualTo(Reason.FORGED_CLICK_ID);
                    changes++;
                }
            }
        }
        assertThat(changes).isEqualTo(32 * 31);
    }

    @Test
    void characters_that_look_like_digits_are_not_read_as_digits() {
        var text = ids.signed(CLICKED, 17, 0, 3, 123_456_789).text();

        for (var likeness : List.of("I", "L", "O", "U", "i", "l", "o", "u")) {
            for (int at = 0; at < ClickId.CHARS; at++) {
                var changed = text.substring(0, at) + likeness + text.substring(at + 1);
                assertThat(refusal(ids.read(changed, NOW))).isEqualTo(Reason.MALFORMED_CLICK_ID);
            }
        }
    }

    @Test
    void an_id_signed_with_another_key_is_forged() {
        var other = ids(key(INSTALLED, "76543210")).signed(CLICKED, 17, 0, 3, 123_456_789);

        assertThat(refusal(ids.read(other.text(), NOW))).isEqualTo(Reason.FORGED_CLICK_ID);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11, 20, 31})
    void an_id_that_was_cut_off_is_named_so(int length) {
        var text = ids.signed(CLICKED, 17, 0, 3, 123_456_789).text();

        assertThat(refusal(ids.read(text.substring(0, length), NOW)))
                .isEqualTo(Reason.TRUNCATED_CLICK_ID);
    }

    @Test
    void too_short_a_piece_says_nothing() {
        var text = ids.signed(CLICKED, 17, 0, 3, 123_456_789).text();

        assertThat(refusal(ids.read(text.substring(0, 9), NOW)))
                .isEqualTo(Reason.MALFORMED_CLICK_ID);
    }

    @Test
    void a_piece_of_an_id_older_than_the_installation_is_not_ours() {
        var old = ids.signed(INSTALLED - 1, 17, 0, 3, 1).text().substring(0, 20);
        var first = ids.signed(INSTALLED, 17, 0, 3, 1).text().substring(0, 20);

        assertThat(refusal(ids.read(old, NOW))).isEqualTo(Reason.MALFORMED_CLICK_ID);
        assertThat(refusal(ids.read(first, NOW))).isEqualTo(Reason.TRUNCATED_CLICK_ID);
    }

    @Test
    void a_piece_from_the_future_is_tolerated_for_five_minutes() {
        long limit = NOW + ClickIds.SKEW_MILLIS;
        var ahead = ids.signed(limit, 17, 0, 3, 1).text().substring(0, 20);
        var tooFar = ids.signed(limit + 1, 17, 0, 3, 1).text().substring(0, 20);

        assertThat(refusal(ids.read(ahead, NOW))).isEqualTo(Reason.TRUNCATED_CLICK_ID);
        assertThat(refusal(ids.read(tooFar, NOW))).isEqualTo(Reason.MALFORMED_CLICK_ID);
    }

    @ParameterizedTest
    @CsvSource({
        "aBcDeFgHiJkLmNoPqRsTuV, FOREIGN_CLICK_ID",
        "9b2f6a1e-3c4d-4e5f-8a6b-7c8d9e0f1a2b, FOREIGN_CLICK_ID",
        "5f3c1a2b4d5e6f7a8b9c0d1e, FOREIGN_CLICK_ID",
        "d41d8cd98f00b204e9800998ecf8427e, FOREIGN_CLICK_ID",
        "wGQ4TF0R5B6K7N8P9S2V3X1Z, FOREIGN_CLICK_ID",
        "hello, MALFORMED_CLICK_ID",
        "'', MALFORMED_CLICK_ID",
        "0, MALFORMED_CLICK_ID",
        "06HC5RC4-000G-0000-8000-0001, MALFORMED_CLICK_ID",
        "кіт, MALFORMED_CLICK_ID"
    })
    void other_values_are_told_apart_by_their_shape(String value, Reason reason) {
        assertThat(refusal(ids.read(value, NOW))).isEqualTo(reason);
    }

    @Test
    void nothing_of_any_length_is_authentic_by_chance_or_breaks_the_reader() {
        var random = new SplittableRandom(Long.getLong("seed", 3));
        for (int i = 0; i < 20_000; i++) {
            var value = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                int kind = random.nextInt(20);
                value.append(
                        kind == 0
                                ? (char) random.nextInt(0x10000)
                                : DIGITS.charAt(random.nextInt(32)));
            }
            assertThat(ids.read(value.toString(), NOW)).isInstanceOf(Refused.class);
        }
    }

    @Nested
    final class Two_keys {
        private static final long CHANGED = INSTALLED + 1_000_000_000L;
        private static final long OVERLAP = ClickIds.KEY_OVERLAP_MILLIS;
        private final ClickIdKey first = key(INSTALLED, "first---");
        private final ClickIdKey second = key(CHANGED, "second--");
        private final ClickIds both = ids(second, first);

        private boolean takes(ClickIdKey signer, long millis) {
            var id = ids(signer).signed(millis, 1, 0, 0, 1);
            return both.read(id.text(), CHANGED + 10 * OVERLAP) instanceof Authentic;
        }

        @Test
        void each_signs_from_its_time_on() {
            assertThat(both.signed(CHANGED - 1, 1, 0, 0, 1))
                    .isEqualTo(ids(first).signed(CHANGED - 1, 1, 0, 0, 1));
            assertThat(both.signed(CHANGED, 1, 0, 0, 1))
                    .isEqualTo(ids(second).signed(CHANGED, 1, 0, 0, 1));
        }

        @Test
        void old_ids_stay_authentic_and_both_keys_are_taken_around_the_change() {
            assertThat(takes(first, INSTALLED)).isTrue();
            assertThat(takes(first, CHANGED + OVERLAP)).isTrue();
            assertThat(takes(second, CHANGED - OVERLAP)).isTrue();
            assertThat(takes(second, CHANGED + 5 * OVERLAP)).isTrue();
        }

        @Test
        void a_key_is_not_taken_far_outside_its_time() {
            assertThat(takes(first, CHANGED + OVERLAP + 1)).isFalse();
            assertThat(takes(second, CHANGED - OVERLAP - 1)).isFalse();
        }
    }

    @Test
    void a_mint_never_gives_an_id_twice() {
        var mint = new ClickIdMint(ids, 5, new SplittableRandom(1));
        var seen = new HashSet<ClickId>();

        for (int i = 0; i < 5000; i++) {
            assertThat(seen.add(mint.issue(CLICKED + i / 1000, 17, false))).isTrue();
        }
        assertThat(seen).allMatch(id -> id.node() == 5 && id.campaign() == 17);
        assertThat(mint.issue(CLICKED, 17, true).isUnrecorded()).isTrue();
    }

    @Test
    void a_mint_whose_clock_steps_back_a_little_stays_at_the_later_time() {
        // Event loops read the clock before they ask, so times come out of order at every tick; a
        // fresh random start each time would sooner or later give a number twice.
        var mint = new ClickIdMint(ids, 5, new SplittableRandom(1));
        var later = mint.issue(CLICKED + 1, 17, false);

        var earlier = mint.issue(CLICKED, 17, false);
        var next = mint.issue(CLICKED + 2, 17, false);

        assertThat(earlier.millis()).isEqualTo(later.millis());
        assertThat(earlier.sequence()).isEqualTo(later.sequence() + 1);
        assertThat(next.millis()).isEqualTo(CLICKED + 2);
    }

    @Test
    void a_mint_whose_clock_was_far_ahead_follows_it_back() {
        var mint = new ClickIdMint(ids, 5, new SplittableRandom(1));
        mint.issue(CLICKED + 3_600_000, 17, false);

        assertThat(mint.issue(CLICKED, 17, false).millis()).isEqualTo(CLICKED);
    }

    @Test
    void nonsense_is_not_constructed() {
        assertThatThrownBy(() -> ids()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ClickIdKey(0, new byte[31]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ClickIdMint(ids, 1024, new SplittableRandom(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClickId.ofAuthentic("short"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_key_never_shows_its_secret() {
        assertThat(key(5, "01234567")).hasToString("ClickIdKey[fromMillis=5]");
        assertThat(key(5, "01234567")).isEqualTo(key(5, "01234567"));
        assertThat(key(5, "01234567")).isNotEqualTo(key(5, "01234568"));
    }
}
