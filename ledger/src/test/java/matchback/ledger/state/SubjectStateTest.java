package matchback.ledger.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import matchback.ledger.State;
import matchback.model.Feed;
import matchback.model.Money;
import matchback.model.RecordId;
import matchback.model.Status;
import matchback.model.Subject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SubjectStateTest {
    private final Rows rows = new Rows();
    private final SubjectState state = new SubjectState(rows, new Subject("subject"));

    /// A bucket in memory that counts what is read of it.
    static final class Rows implements State {
        private final TreeMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
        private int read;

        @Override
        public byte @Nullable [] get(byte[] key) {
            read++;
            return rows.get(key);
        }

        @Override
        public void put(byte[] key, byte[] value) {
            rows.put(key, value);
        }

        @Override
        public void delete(byte[] key) {
            rows.remove(key);
        }

        @Override
        public void range(byte[] prefix, Visitor visitor) {
            for (var row : rows.tailMap(prefix, true).entrySet()) {
                read++;
                boolean isInside =
                        Arrays.equals(Arrays.copyOf(row.getKey(), prefix.length), prefix);
                if (!isInside || !visitor.visit(row.getKey(), row.getValue())) {
                    return;
                }
            }
        }
    }

    private void convert(int number, String eventType, String txid) {
        state.save(
                new ConversionState(
                        number,
                        new RecordId(1, number),
                        eventType,
                        txid,
                        Status.APPROVED,
                        new Money(1_000_000, "USD"),
                        1_000_000,
                        null,
                        "network",
                        List.of(new ConversionState.Leg(Feed.S2S, 1)),
                        1,
                        1,
                        null,
                        0,
                        "",
                        "",
                        List.of()));
        if (txid.isEmpty()) {
            state.linkWithoutTransaction(eventType, number);
        } else {
            state.linkTransaction(eventType, txid, number);
        }
    }

    private List<Integer> numbers(String eventType, int most) {
        return state.ofType(eventType, most).stream().map(ConversionState::number).toList();
    }

    @Test
    void conversions_are_found_by_type_whether_or_not_they_have_a_txid() {
        convert(1, "sale", "A1");
        convert(2, "lead", "");
        convert(3, "sale", "");
        convert(4, "sales", "A2");

        assertThat(numbers("sale", 9)).containsExactly(3, 1);
        assertThat(numbers("lead", 9)).containsExactly(2);
        assertThat(numbers("sal", 9)).isEmpty();
    }

    @Test
    void two_conversions_of_a_type_are_found_without_reading_all() {
        for (int number = 1; number <= 5000; number++) {
            convert(number, "sale", "A" + number);
        }
        rows.read = 0;

        assertThat(numbers("sale", 2)).hasSize(2);
        assertThat(rows.read).isLessThan(10);
    }

    @Test
    void every_kind_of_state_has_a_letter_of_its_own() {
        var letters = new ArrayList<Character>();
        for (var field : SubjectState.class.getDeclaredFields()) {
            if (field.getType() == char.class) {
                letters.add(letter(field));
            }
        }

        assertThat(letters).hasSizeGreaterThan(10).doesNotHaveDuplicates();
    }

    private static char letter(Field field) {
        try {
            field.setAccessible(true);
            return field.getChar(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void what_a_destination_is_told_of_a_conversion_is_found_without_reading_the_rest() {
        for (int number = 1; number <= 500; number++) {
            tell(number, number % 50, number % 2 == 0 ? "hook:a" : "hook:ab");
        }
        rows.read = 0;

        assertThat(state.deliveries(4, "hook:a"))
                .extracting(DeliveryState::number)
                .containsExactly(4, 54, 104, 154, 204, 254, 304, 354, 404, 454);
        assertThat(rows.read).isLessThan(30);
        assertThat(state.deliveries(4, "hook:ab")).isEmpty();
        assertThat(state.deliveriesOf(5)).hasSize(10);
    }

    private void tell(int number, int conversion, String destination) {
        state.add(
                new DeliveryState(
                        number,
                        conversion,
                        "",
                        destination,
                        new RecordId(0, 0),
                        "",
                        Map.of(),
                        0,
                        DeliveryState.Progress.WAITING,
                        0,
                        0,
                        List.of()));
    }

    @Test
    void every_kind_has_a_letter_of_its_own() throws IllegalAccessException {
        var letters = new ArrayList<Character>();
        for (var field : SubjectState.class.getDeclaredFields()) {
            if (field.getType() == char.class) {
                field.setAccessible(true);
                letters.add(field.getChar(null));
            }
        }

        assertThat(letters).hasSizeGreaterThan(20).doesNotHaveDuplicates();
    }
}
