package matchback.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import matchback.client.Outcome.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTest {
    private static final Reply COUNTED =
            Reply.of(200, "counted", "r1", "{\"reason\":\"new_conversion\"}");

    /// An outage's longest pause and what chance may add to it.
    private static final Duration SOON = Delivery.OUTAGE_PAUSE_MAX.multipliedBy(6).dividedBy(5);

    @TempDir private Path folder;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<String> arrived = new ArrayList<>();
    private final Deque<Reply> replies = new ArrayDeque<>();
    private long now;
    private long upAt;
    private String poison = "";
    private int calls;
    private Outbox outbox;
    private Outbox refused;
    private Delivery delivery;

    @BeforeEach
    void open() throws IOException {
        outbox = Outbox.open(folder.resolve("waiting"));
        refused = Outbox.open(folder.resolve("refused"));
        delivery =
                new Delivery(
                        outbox,
                        refused,
                        this::post,
                        Duration.ofDays(3),
                        (InstantSource) () -> Instant.ofEpochMilli(now),
                        new SplittableRandom(7),
                        outcomes::add);
    }

    @AfterEach
    void close() throws IOException {
        outbox.close();
        refused.close();
    }

    private Reply post(Map<String, String> fields) throws IOException {
        calls++;
        if (now < upAt) {
            throw new ConnectException("nobody there");
        }
        if (poison.equals(fields.get("txid"))) {
            return Reply.of(403, "", "", "blocked by the firewall");
        }
        var reply = replies.isEmpty() ? COUNTED : replies.poll();
        if (reply.result() == Result.ACCEPTED) {
            arrived.add(fields.get("txid"));
        }
        return reply;
    }

    /// Lets time pass to each next round, at most so long.
    private void live(Duration atMost) throws Exception {
        long until = now + atMost.toMillis();
        long next = delivery.sendDue();
        while (next <= until) {
            now = next;
            next = delivery.sendDue();
        }
        now = until;
    }

    @Test
    void a_tracker_that_is_down_for_two_days_has_everything_soon_after() throws Exception {
        // given
        upAt = Duration.ofDays(2).toMillis();
        for (int i = 0; i < 50; i++) {
            outbox.add(now, Map.of("txid", "A" + i));
        }

        // when
        live(Duration.ofDays(2).plus(SOON));

        // then
        assertThat(arrived).hasSize(50).doesNotHaveDuplicates();
        assertThat(outbox.size()).isZero();
        assertThat(calls).as("one try a round while nobody is there").isLessThan(50 + 300);
    }

    @Test
    void after_72_hours_it_is_given_up_and_kept_apart() throws Exception {
        // given
        upAt = Long.MAX_VALUE;
        outbox.add(now, Map.of("txid", "A1"));

        // when
        live(Duration.ofHours(71));
        int waiting = outbox.size();
        live(Duration.ofHours(3));

        // then
        assertThat(waiting).isEqualTo(1);
        assertThat(outbox.size()).isZero();
        assertThat(refused.waiting()).extracting(e -> e.fields().get("txid")).containsExactly("A1");
        assertThat(outcomes.get(outcomes.size() - 1).result()).isEqualTo(Result.EXPIRED);
    }

    @Test
    void a_final_refusal_is_kept_apart_at_once_and_holds_up_nobody() throws Exception {
        // given
        replies.add(Reply.of(404, "refused", "r0", "{\"reason\":\"forged_click_id\"}"));
        outbox.add(now, Map.of("txid", "A1"));
        outbox.add(now, Map.of("txid", "A2"));

        // when
        delivery.sendDue();

        // then
        assertThat(arrived).containsExactly("A2");
        assertThat(refused.size()).isEqualTo(1);
        assertThat(outcomes.get(0).reason()).isEqualTo("forged_click_id");
    }

    @Test
    void a_wrong_key_is_waited_for_until_somebody_puts_it_right() throws Exception {
        // given
        for (int i = 0; i < 5; i++) {
            replies.add(Reply.of(401, "refused", "r", "{\"reason\":\"bad_signature\"}"));
        }
        outbox.add(now, Map.of("txid", "A1"));

        // when
        live(Duration.ofHours(2));

        // then
        assertThat(arrived).containsExactly("A1");
        assertThat(refused.size()).isZero();
    }

    @Test
    void a_page_of_a_proxy_proves_nothing() throws Exception {
        // given
        replies.add(Reply.of(200, "", "", "<h1>It works</h1>"));
        replies.add(Reply.of(404, "", "", "not found"));
        replies.add(Reply.of(503, "", "", ""));
        outbox.add(now, Map.of("txid", "A1"));

        // when
        live(Duration.ofHours(1));

        // then
        assertThat(arrived).containsExactly("A1");
        assertThat(outcomes.stream().filter(o -> o.result() == Result.WAITING)).hasSize(3);
    }

    @Test
    void in_an_outage_all_that_are_too_old_are_given_up_by_one_try() throws Exception {
        // given
        upAt = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            outbox.add(now, Map.of("txid", "A" + i));
        }
        now = Duration.ofHours(71).toMillis();
        outbox.add(now, Map.of("txid", "young"));

        // when
        live(Duration.ofHours(2));

        // then
        assertThat(refused.size()).isEqualTo(20);
        assertThat(outbox.waiting())
                .extracting(e -> e.fields().get("txid"))
                .containsExactly("young");
    }

    @Test
    void a_tracker_that_answers_with_an_error_is_not_asked_for_each_of_a_thousand()
            throws Exception {
        // given
        for (int i = 0; i < 10; i++) {
            replies.add(Reply.of(503, "", "", "busy"));
        }
        for (int i = 0; i < 1000; i++) {
            outbox.add(now, Map.of("txid", "A" + i));
        }

        // when
        delivery.sendDue();
        int first = calls;
        live(Duration.ofHours(2));

        // then
        assertThat(first).isEqualTo(1);
        assertThat(arrived).hasSize(1000).doesNotHaveDuplicates();
    }

    @Test
    void one_that_never_gets_through_holds_up_the_others_for_minutes_at_most() throws Exception {
        // given
        poison = "A0";
        outbox.add(now, Map.of("txid", "A0"));
        live(Duration.ofHours(10));

        // when
        outbox.add(now, Map.of("txid", "A1"));
        outbox.add(now, Map.of("txid", "A2"));
        live(SOON);

        // then
        assertThat(arrived).containsExactly("A1", "A2");
        assertThat(outbox.size()).isEqualTo(1);
    }

    @Test
    void a_listener_that_throws_holds_up_nothing() throws Exception {
        // given
        delivery =
                new Delivery(
                        outbox,
                        refused,
                        this::post,
                        Duration.ofDays(3),
                        (InstantSource) () -> Instant.ofEpochMilli(now),
                        new SplittableRandom(7),
                        outcome -> {
                            throw new IllegalStateException("of the application");
                        });
        outbox.add(now, Map.of("txid", "A1"));
        outbox.add(now, Map.of("txid", "A2"));

        // when
        delivery.sendDue();

        // then
        assertThat(arrived).containsExactly("A1", "A2");
        assertThat(outbox.size()).isZero();
    }

    @Test
    void what_cannot_be_kept_apart_stays_where_it_is() throws Exception {
        // given
        refused.close();
        replies.add(Reply.of(404, "refused", "r0", "{\"reason\":\"forged_click_id\"}"));
        outbox.add(now, Map.of("txid", "A1"));
        outbox.add(now, Map.of("txid", "A2"));

        // when
        delivery.sendDue();

        // then
        assertThat(arrived).containsExactly("A2");
        assertThat(outbox.waiting()).extracting(e -> e.fields().get("txid")).containsExactly("A1");
    }
}
