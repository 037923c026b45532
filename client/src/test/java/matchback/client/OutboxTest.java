package matchback.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import matchback.client.Outbox.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
    @TempDir private Path folder;

    private Path file() {
        return folder.resolve("waiting");
    }

    @Test
    void what_was_queued_and_not_done_is_there_after_a_restart() throws IOException {
        // given
        try (var outbox = Outbox.open(file())) {
            var first = outbox.add(1, Map.of("txid", "A1"));
            outbox.add(2, Map.of("txid", "A2", "email", "ä@example.org"));
            outbox.done(first);
        }

        // when
        try (var outbox = Outbox.open(file())) {

            // then
            assertThat(outbox.waiting())
                    .containsExactly(
                            new Entry(2, 2, Map.of("txid", "A2", "email", "ä@example.org")));
        }
    }

    @Test
    void a_file_cut_anywhere_opens_with_all_whole_records_before_the_cut() throws IOException {
        // given
        long[] ends = new long[3];
        try (var outbox = Outbox.open(file())) {
            for (int i = 0; i < ends.length; i++) {
                outbox.add(i, Map.of("txid", "A" + i));
                ends[i] = Files.size(file());
            }
        }
        var whole = Files.readAllBytes(file());

        for (int cut = 0; cut <= whole.length; cut++) {
            // when
            Files.write(file(), Arrays.copyOf(whole, cut));
            long length = cut;
            long expected = Arrays.stream(ends).filter(end -> end <= length).count();
            try (var outbox = Outbox.open(file())) {

                // then
                assertThat(outbox.size()).as("cut at %d", cut).isEqualTo((int) expected);
                outbox.add(9, Map.of("txid", "new"));
            }
            try (var outbox = Outbox.open(file())) {
                assertThat(outbox.size()).as("cut at %d", cut).isEqualTo((int) expected + 1);
            }
        }
    }

    @Test
    void a_flipped_byte_costs_one_record_and_never_makes_up_a_conversion() throws IOException {
        // given
        var all = new ArrayList<Entry>();
        try (var outbox = Outbox.open(file())) {
            for (int i = 0; i < 3; i++) {
                all.add(outbox.add(i, Map.of("txid", "A" + i)));
            }
        }
        var whole = Files.readAllBytes(file());

        for (int at = 8; at < whole.length; at++) {
            // when
            var damaged = whole.clone();
            damaged[at] ^= 0x40;
            Files.write(file(), damaged);
            try (var outbox = Outbox.open(file())) {

                // then
                assertThat(outbox.waiting()).as("byte %d", at).hasSize(2).isSubsetOf(all);
                outbox.add(9, Map.of("txid", "new"));
            }
            try (var outbox = Outbox.open(file())) {
                assertThat(outbox.size()).as("byte %d", at).isEqualTo(3);
            }
        }
        assertThat(folder.resolve("waiting.damaged")).exists();
    }

    @Test
    void a_thread_that_is_interrupted_spoils_it_for_nobody() throws Exception {
        // given
        try (var outbox = Outbox.open(file())) {
            var interrupted =
                    new Thread(() -> {
                        Thread.currentThread().interrupt();
                        try {
                            outbox.add(1, Map.of("txid", "A1"));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });

            // when
            interrupted.start();
            interrupted.join();
            outbox.add(2, Map.of("txid", "A2"));
        }

        // then
        try (var outbox = Outbox.open(file())) {
            assertThat(outbox.size()).isEqualTo(2);
        }
    }

    @Test
    void only_its_owner_may_read_it() throws IOException {
        // given
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));

        // when
        Outbox.open(file()).close();

        // then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void a_number_is_never_given_twice_also_when_the_file_was_written_anew() throws IOException {
        // given
        var padding = "x".repeat(2000);
        long last = 0;
        try (var outbox = Outbox.open(file())) {
            for (int i = 0; i < 1500; i++) {
                var entry = outbox.add(i, Map.of("txid", "A" + i, "note", padding));
                last = entry.number();
                outbox.done(entry);
            }
        }

        // when
        long size = Files.size(file());
        try (var outbox = Outbox.open(file())) {
            var next = outbox.add(1, Map.of("txid", "B"));

            // then
            assertThat(size).isLessThan(1500L * 2000 / 2);
            assertThat(next.number()).isGreaterThan(last);
            assertThat(outbox.size()).isEqualTo(1);
        }
    }

    @Test
    void what_waits_is_there_after_the_file_was_written_anew() throws IOException {
        // given
        var padding = "x".repeat(2000);
        Entry first;
        Entry newest;
        try (var outbox = Outbox.open(file())) {
            first = outbox.add(0, Map.of("txid", "first"));
            newest = outbox.add(1, Map.of("txid", "A", "note", padding));
            long before = 0;
            for (int i = 0; i < 5000 && before <= Files.size(file()); i++) {
                before = Files.size(file());
                var done = newest;
                newest = outbox.add(i, Map.of("txid", "A" + i, "note", padding));
                outbox.done(done);
            }
            assertThat(Files.size(file())).as("it was written anew").isLessThan(before);
        }

        // when
        try (var outbox = Outbox.open(file())) {

            // then
            assertThat(outbox.waiting()).containsExactly(first, newest);
        }
    }

    @Test
    void two_at_once_are_told() throws IOException {
        // given
        try (var first = Outbox.open(file())) {
            assertThat(first.size()).isZero();

            // when, then
            assertThatThrownBy(() -> Outbox.open(file()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("used by another process");
        }
    }

    @Test
    void another_file_is_left_alone() throws IOException {
        // given
        Files.writeString(file(), "a shopping list");

        // when, then
        assertThatThrownBy(() -> Outbox.open(file())).hasMessageContaining("no outbox");
        assertThat(file()).hasContent("a shopping list");
    }
}
