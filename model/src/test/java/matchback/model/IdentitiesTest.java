package matchback.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Record ids, subjects and fingerprints: golden, because they stand in every ledger.
final class IdentitiesTest {
    @Test
    void a_record_id_is_its_time_and_80_random_bits_in_hexadecimal_digits() {
        var id = RecordId.of(1_790_000_000_123L, 0xFFFF_BEEF, 0xFEDC_BA98_7654_3210L);

        assertThat(id).hasToString("01a0c4506c7bbeeffedcba9876543210");
        assertThat(id.millis()).isEqualTo(1_790_000_000_123L);
        assertThat(RecordId.parse("01a0c4506c7bbeeffedcba9876543210")).contains(id);
        assertThat(RecordId.parse("01A0C4506C7BBEEFFEDCBA9876543210")).contains(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01a0c4506c7bbeeffedcba987654321",
                "01a0c4506c7bbeeffedcba98765432100",
                "01a0c4506c7bbeeffedcba987654321g",
                "-1a0c4506c7bbeeffedcba9876543210",
                "+1a0c4506c7bbeeffedcba9876543210",
                "٠١a0c4506c7bbeeffedcba9876543210"
            })
    void anything_else_is_no_record_id(String text) {
        assertThat(RecordId.parse(text)).isEmpty();
    }

    @Test
    void record_ids_sort_by_time() {
        var ids =
                List.of(
                        new RecordId(0, 0),
                        new RecordId(0, -1),
                        RecordId.of(1, 0, 5),
                        RecordId.of(1_790_000_000_123L, 0, 0),
                        RecordId.of((1L << 48) - 1, 0, 0));

        assertThat(ids).isSorted();
    }

    @ParameterizedTest
    @CsvSource({
        "06HC5RC40000G0000800000012345678, 35",
        "01a0c4506c7bbeeffedcba9876543210, 43",
        "tx:network:A1, 33",
        "tx:network:Ünï, 61",
        "a, 10"
    })
    void a_subjects_bucket_is_the_low_six_bits_of_its_hash(String text, int bucket) {
        assertThat(new Subject(text).bucket()).isEqualTo(bucket);
    }

    @Test
    void subjects_of_a_kind_have_one_form() {
        var id = RecordId.of(1_790_000_000_123L, 0xBEEF, 0xFEDC_BA98_7654_3210L);

        assertThat(Subject.record(id).text()).isEqualTo("01a0c4506c7bbeeffedcba9876543210");
        assertThat(Subject.transaction("network", "A:1").text()).isEqualTo("tx:network:A:1");
    }

    @Test
    void all_buckets_are_used() {
        var buckets = new HashSet<Integer>();
        for (int i = 0; i < 2000; i++) {
            buckets.add(new Subject("subject " + i).bucket());
        }

        assertThat(buckets).hasSize(Subject.BUCKETS);
        assertThat(buckets).allMatch(bucket -> bucket >= 0 && bucket < Subject.BUCKETS);
    }

    @Test
    void a_subject_is_neither_empty_nor_endless() {
        assertThatThrownBy(() -> new Subject("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Subject("x".repeat(401)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Subject("tx:a:b\0c"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new Subject("x".repeat(400)).text()).hasSize(400);
    }

    @Test
    void a_fingerprint_is_half_of_a_keyed_hash() {
        var key = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        var other = "0123456789abcdef0123456789abcdeF".getBytes(StandardCharsets.US_ASCII);

        var fingerprint = new TokenFingerprints(key).of("secret ✓");

        assertThat(fingerprint).isEqualTo("3b0348bea20dfbd547324160afc1f841");
        assertThat(new TokenFingerprints(other).of("secret ✓")).isNotEqualTo(fingerprint);
    }
}
