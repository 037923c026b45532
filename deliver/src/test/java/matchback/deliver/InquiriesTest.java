package matchback.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is remembered of requests that are asked about later has an end.
class InquiriesTest {
    private final Inquiries inquiries = new Inquiries();

    @Test
    void of_more_requests_than_are_remembered_nothing_is_learned() {
        for (int i = 0; i < Inquiries.OPEN_MAX + 3; i++) {
            inquiries.taken("r" + i, 10, 0);
        }

        assertThat(inquiries.aftermath().open()).isEqualTo(10L * Inquiries.OPEN_MAX);
        assertThat(inquiries.aftermath().untold()).isEqualTo(30);
    }

    @Test
    void reasons_beyond_the_limit_are_one() {
        for (int i = 0; i < Aftermath.REASONS_MAX + 5; i++) {
            inquiries.taken("r" + i, 1, 0);
            var inquiry = inquiries.start().orElseThrow();
            inquiries.answered(inquiry, new Afterwards.Settled(0, Map.of("REASON_" + i, 1L)), 0);
        }

        assertThat(inquiries.aftermath().failed())
                .hasSize(Aftermath.REASONS_MAX + 1)
                .containsEntry(Aftermath.OTHER, 5L);
    }

    @Test
    void one_question_is_put_at_a_time() {
        inquiries.taken("r1", 1, 0);
        inquiries.taken("r2", 1, 0);
        long due = inquiries.nextAt();

        var inquiry = inquiries.start().orElseThrow();
        assertThat(inquiries.nextAt()).isEqualTo(Long.MAX_VALUE);

        inquiries.putOff(inquiry, due);
        assertThat(inquiries.nextAt()).isEqualTo(due);
        assertThat(inquiries.start().orElseThrow().receipt()).isNotEqualTo(inquiry.receipt());
    }
}
