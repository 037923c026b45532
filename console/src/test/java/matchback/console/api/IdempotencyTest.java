package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import matchback.attribute.Rules;
import matchback.attribute.RulesConfig;
import matchback.console.api.Idempotency.Claim;
import matchback.console.testing.ManualClock;
import matchback.console.testing.TestingConsole;
import matchback.ledger.memory.MemoryLedger;
import matchback.ledger.memory.MemoryTables;
import org.junit.jupiter.api.Test;

final class IdempotencyTest {
    private static final Answer ANSWER = Answer.text("text/plain", "done");

    private final MemoryTables tables = new MemoryTables();
    private final MemoryLedger cabinet =
            new MemoryLedger(tables, new Rules(RulesConfig.DEFAULT), "USD");
    private final ManualClock clock = new ManualClock(TestingConsole.START);
    private final Idempotency idempotency = new Idempotency(cabinet, clock);

    private static byte[] asked(String text) {
        return Idempotency.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_call_under_way_is_not_begun_twice() {
        var mine = idempotency.claim("key", asked("a"));

        var same = idempotency.claim("key", asked("a"));

        assertThat(mine).isInstanceOf(Claim.Mine.class);
        assertThat(same).isInstanceOf(Claim.UnderWay.class);
    }

    @Test
    void answers_outlive_the_process() {
        if (idempotency.claim("key", asked("a")) instanceof Claim.Mine mine) {
            idempotency.keep(mine, ANSWER);
        }

        var later = new Idempotency(cabinet, clock);

        assertThat(later.claim("key", asked("a"))).isInstanceOf(Claim.Done.class);
        assertThat(later.claim("key", asked("b"))).isInstanceOf(Claim.Other.class);
    }

    @Test
    void a_call_that_was_cut_off_is_taken_up_under_the_same_digest() {
        var first = (Claim.Mine) idempotency.claim("key", asked("a"));
        clock.advance(Duration.ofHours(1));

        var later = (Claim.Mine) new Idempotency(cabinet, clock).claim("key", asked("a"));

        assertThat(later.digest()).isEqualTo(first.digest());
        assertThat(later.begunAt()).isEqualTo(first.begunAt());
    }

    @Test
    void what_is_past_is_removed() {
        for (int i = 0; i < 3; i++) {
            if (idempotency.claim("key " + i, asked("a")) instanceof Claim.Mine mine) {
                idempotency.keep(mine, ANSWER);
            }
        }
        clock.advance(Idempotency.KEPT.plusMinutes(1));

        idempotency.claim("another", asked("b"));

        var kept = new AtomicInteger();
        cabinet.visit("idempotency/", (_, _) -> kept.incrementAndGet());
        assertThat(kept).hasValue(1);
    }
}
