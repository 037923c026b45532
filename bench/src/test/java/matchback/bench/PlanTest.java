package matchback.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {

    @Test
    void flags_change_the_full_plan() {
        var plan =
                Plan.parse(
                        List.of(
                                "--rounds",
                                "3",
                                "--seconds",
                                "4",
                                "--connections",
                                "8,16",
                                "--out",
                                "here"));

        assertThat(plan)
                .isEqualTo(
                        new Plan(
                                List.of(8, 16),
                                3,
                                Duration.ofSeconds(4),
                                Plan.FULL.warmUp(),
                                Path.of("here")));
    }

    @Test
    void quick_can_be_changed_too() {
        assertThat(Plan.parse(List.of("--quick"))).isEqualTo(Plan.QUICK);
        assertThat(Plan.parse(List.of("--rounds", "2", "--quick")).rounds()).isEqualTo(2);
    }

    @Test
    void what_is_not_understood_is_named() {
        assertThatThrownBy(() -> Plan.parse(List.of("--rouds", "3")))
                .isInstanceOf(Plan.Misunderstood.class)
                .hasMessage("--rouds: unknown");
        assertThatThrownBy(() -> Plan.parse(List.of("--rounds", "0")))
                .hasMessage("--rounds: '0' is no number above 0");
        assertThatThrownBy(() -> Plan.parse(List.of("--rounds")))
                .hasMessageContaining("value is missing");
    }
}
