package matchback.report.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AlertBookTest {
    private static final long AT = 1_790_000_000_000L;
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final Set<AlertKind> ALL = EnumSet.allOf(AlertKind.class);

    private final AlertBook book = new AlertBook(List.of());

    @Test
    void what_is_found_is_raised_once_and_keeps_its_newest_words() {
        var raised = book.take(AT, List.of(silent("network", "for 20 min")), ALL);
        var again = book.take(AT + MINUTE, List.of(silent("network", "for 21 min")), ALL);

        assertThat(raised).hasSize(1).allMatch(Alert::isOpen);
        assertThat(again).isEmpty();
        assertThat(book.open())
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.raisedAt()).isEqualTo(AT);
                    assertThat(alert.id()).isEqualTo(raised.getFirst().id());
                    assertThat(alert.condition().headline()).isEqualTo("for 21 min");
                });
    }

    @Test
    void what_comes_and_goes_is_one_alert() {
        book.take(AT, List.of(silent("network", "x")), ALL);

        for (int minute = 1; minute < 30; minute++) {
            var found = minute % 4 == 0 ? List.of(silent("network", "x")) : List.<Condition>of();
            assertThat(book.take(AT + minute * MINUTE, found, ALL)).isEmpty();
        }
    }

    @Test
    void what_is_gone_for_a_while_is_cleared_and_would_be_another_alert() {
        var first = book.take(AT, List.of(silent("network", "x")), ALL).getFirst();

        var cleared = book.take(AT + AlertBook.CALM_MILLIS, List.of(), ALL);
        var next = book.take(AT + 10 * MINUTE, List.of(silent("network", "x")), ALL).getFirst();

        assertThat(cleared)
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.isOpen()).isFalse();
                    assertThat(alert.id()).isEqualTo(first.id());
                    assertThat(alert.clearedAt()).isEqualTo(AT + AlertBook.CALM_MILLIS);
                });
        assertThat(book.past()).isEqualTo(cleared);
        assertThat(next.id()).isNotEqualTo(first.id());
    }

    @Test
    void what_nobody_looked_for_stays_as_it_was() {
        book.take(AT, List.of(silent("network", "x")), ALL);

        var turned = book.take(AT + 60 * MINUTE, List.of(), Set.of(AlertKind.DISK));

        assertThat(turned).isEmpty();
        assertThat(book.open()).hasSize(1);
    }

    @Test
    void it_begins_with_what_was_written_down() {
        book.take(AT, List.of(silent("one", "x"), silent("two", "y")), ALL);
        book.take(AT + 2 * MINUTE, List.of(silent("two", "y")), ALL);
        book.take(AT + 6 * MINUTE, List.of(silent("two", "y")), ALL);

        var again =
                new AlertBook(Stream.concat(book.open().stream(), book.past().stream()).toList());

        assertThat(again.open()).isEqualTo(book.open()).hasSize(1);
        assertThat(again.past()).isEqualTo(book.past()).hasSize(1);
        assertThat(again.take(AT + 7 * MINUTE, List.of(silent("two", "y")), ALL)).isEmpty();
    }

    @Test
    void the_past_is_bounded() {
        for (int i = 0; i < AlertBook.PAST_MAX + 20; i++) {
            long at = AT + i * 20L * MINUTE;
            book.take(at, List.of(silent("s" + i, "x")), ALL);
            book.take(at + 10 * MINUTE, List.of(), ALL);
        }

        assertThat(book.past()).hasSize(AlertBook.PAST_MAX);
        assertThat(book.past().getFirst().condition().key()).isEqualTo("s219");
    }

    private static Condition silent(String sender, String headline) {
        return new Condition(AlertKind.SENDER_SILENT, sender, headline, List.of(), "/", AT);
    }
}
