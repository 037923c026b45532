package matchback.ingest;

import static matchback.ingest.testing.TestingTracker.sender;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.model.catalog.Catalog;
import org.junit.jupiter.api.Test;

final class PostbackNamesTest {

    @Test
    void without_a_sender_the_names_of_all_fields_count_but_no_personal_ones() {
        var names = PostbackNames.of(List.of());

        assertThat(names.durable()).contains("clickid", "payout", "txid", "event_time");
        assertThat(names.durable()).doesNotContain("email", "ip", "token", "sig", "whatever");
        assertThat(names.tokens()).containsExactlyInAnyOrder("token", "security_token");
    }

    @Test
    void what_a_sender_maps_counts_for_it_and_for_the_bare_endpoint() {
        var one = sender("one", Map.of("txid", "user_id", "token", "pass", "email", "type"));
        var other = sender("other", Map.of());
        var version = new PostbackNames.OfVersion(Catalog.empty("USD").with(one).with(other));

        var names = version.names(Optional.of(one));

        assertThat(names.durable()).contains("user_id").doesNotContain("type", "pass");
        assertThat(names.tokens()).contains("pass");
        assertThat(version.names(Optional.of(other)).durable())
                .contains("type")
                .doesNotContain("user_id");
        assertThat(version.names(Optional.empty()).tokens()).contains("pass");
    }
}
