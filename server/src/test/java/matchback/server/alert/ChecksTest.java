package matchback.server.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import matchback.console.DeliveryDesk.Flow;
import matchback.console.DeliveryDesk.LastAttempt;
import matchback.console.Vitals;
import matchback.report.alert.AlertKind;
import matchback.report.alert.Condition;
import matchback.server.testing.Certificates;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksTest {
    private static final long NOW = Instant.parse("2026-11-01T12:00:00Z").toEpochMilli();

    @TempDir Path folder;

    @Test
    void a_parked_destination_says_what_it_answered() {
        var flow =
                flow(
                        "parked",
                        12,
                        NOW - 1000,
                        new LastAttempt(NOW - 5000, "parked", 401, "190: the token has expired"));

        assertThat(new FlowCheck(() -> List.of(flow)).look(NOW))
                .singleElement()
                .satisfies(condition -> {
                    assertThat(condition.kind()).isEqualTo(AlertKind.DESTINATION_PARKED);
                    assertThat(condition.key()).isEqualTo("meta:main");
                    assertThat(condition.evidence())
                            .first()
                            .isEqualTo("It answered 401: 190: the token has expired");
                    assertThat(condition.evidence().getLast())
                            .startsWith("12 deliveries wait, none is lost");
                    assertThat(condition.since()).isEqualTo(NOW - 5000);
                });
    }

    @Test
    void deliveries_that_wait_for_hours_are_told_and_those_of_minutes_are_not() {
        var hours = flow("broken", 3, NOW - Duration.ofHours(7).toMillis(), null);
        var minutes = flow("broken", 3, NOW - Duration.ofMinutes(40).toMillis(), null);

        assertThat(new FlowCheck(() -> List.of(minutes)).look(NOW)).isEmpty();
        assertThat(new FlowCheck(() -> List.of(hours)).look(NOW))
                .singleElement()
                .satisfies(condition -> {
                    assertThat(condition.kind()).isEqualTo(AlertKind.UNDELIVERED);
                    assertThat(condition.evidence())
                            .containsExactly("3 deliveries wait, the oldest for 7 h 0 min.");
                });
    }

    private static Flow flow(
            String standing, int waiting, long oldestAt, @Nullable LastAttempt last) {
        return new Flow("meta:main", standing, 0, 0, waiting, false, oldestAt, 0, last, null);
    }

    @ParameterizedTest
    @CsvSource({
        "100 GiB free of 2000,  102400, 2048000, false",
        "4 GiB free of 20,        4096,   20480, false",
        "4 GiB free of 500,       4096,  512000, true",
        "0.4 GiB free of 1,        400,    1024, true"
    })
    void little_room_is_told(String what, long freeMebibytes, long totalMebibytes, boolean isTold) {
        var check = new MachineCheck(folder, null, List::of);

        assertThat(check.disk(freeMebibytes << 20, totalMebibytes << 20, NOW).isPresent())
                .as(what)
                .isEqualTo(isTold);
    }

    @Test
    void a_certificate_is_told_two_weeks_before_it_ends() throws Exception {
        var certificate = folder.resolve("cert.pem");
        Certificates.write(certificate, folder.resolve("key.pem"));
        var check = new MachineCheck(folder, certificate, List::of);
        long now = Instant.now().toEpochMilli();

        assertThat(certificates(check, now - Duration.ofDays(20).toMillis())).isEmpty();
        assertThat(certificates(check, now))
                .singleElement()
                .satisfies(
                        c -> assertThat(c.headline()).matches("The certificate ends in 1 d 23 h"));
        assertThat(certificates(check, now + Duration.ofDays(3).toMillis()))
                .singleElement()
                .satisfies(c -> assertThat(c.headline()).startsWith("The certificate ended at"));
        Files.writeString(certificate, "nothing");
        assertThat(certificates(check, now))
                .singleElement()
                .satisfies(c ->
                        assertThat(c.headline())
                                .isEqualTo("The certificate in cert.pem cannot be read"));
    }

    private static List<Condition> certificates(MachineCheck check, long now) {
        return check.look(now).stream()
                .filter(condition -> condition.kind() == AlertKind.CERTIFICATE)
                .toList();
    }

    @Test
    void a_part_that_does_not_work_is_told() {
        var check =
                new MachineCheck(
                        folder,
                        null,
                        () ->
                                List.of(
                                        new Vitals.Check("ledger", false, "the disk is full"),
                                        new Vitals.Check("columns", true, "0 s behind")));

        assertThat(check.look(NOW))
                .filteredOn(condition -> condition.kind() != AlertKind.DISK)
                .singleElement()
                .satisfies(condition -> {
                    assertThat(condition.kind()).isEqualTo(AlertKind.LEDGER);
                    assertThat(condition.evidence()).containsExactly("the disk is full");
                });
    }
}
