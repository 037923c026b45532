package matchback.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.ledger.PersonalBlock;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.OldTracker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OldTrackerPostbackTest {
    private static final RecordId RECORD = new RecordId(1, 2);

    private final OldTrackerPostback adapter = new OldTrackerPostback();

    private static Catalog catalog(String url) {
        return Catalog.empty("USD")
                .with(new OldTracker("before", "Before", url, "2026-12-31", List.of(), false));
    }

    private static Shipment shipment(PersonalBlock... report) {
        return new Shipment(
                Subject.record(RECORD),
                new DeliveryState(
                        1,
                        0,
                        "",
                        "forward:before",
                        RECORD,
                        RECORD.toString(),
                        Map.of(),
                        0,
                        Progress.WAITING,
                        0,
                        0,
                        List.of()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(report).stream().findFirst());
    }

    private static PersonalBlock report(String method, String target, String type, String body) {
        return new PersonalBlock(
                RECORD,
                new byte[16],
                "192.0.2.7",
                "Agent",
                method,
                target,
                List.of("Host: track.example", "Content-Type: " + type, "Cookie: ***"),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private OutboundRequest sent(String url, PersonalBlock report) {
        var catalog = catalog(url);
        var prepared = adapter.prepare("before", shipment(report), catalog, Instant.EPOCH);
        assertThat(prepared).isInstanceOf(Preparation.Ready.class);
        return adapter.pack("before", List.of(((Preparation.Ready) prepared).parcel()), catalog);
    }

    @ParameterizedTest
    @CsvSource({
        "https://old.example/pb, /postback?cid=w1&x=%7Ba%7D, https://old.example/pb?cid=w1&x=%7Ba%7D",
        "https://old.example/pb?k=1, /postback?cid=w1, https://old.example/pb?k=1&cid=w1",
        "https://old.example, /KEY/postback?subid=1, https://old.example/KEY/postback?subid=1",
        "https://old.example/, /click.php?cnv_id=1, https://old.example/click.php?cnv_id=1",
        "https://old.example/pb, /postback, https://old.example/pb",
        "https://old.example/pb, /postback?token=***&cid=w1, https://old.example/pb?cid=w1"
    })
    void the_query_is_handed_on_as_it_came(String url, String target, String expected) {
        var sent = sent(url, report("GET", target, "", ""));

        assertThat(sent.method()).isEqualTo("GET");
        assertThat(sent.url()).isEqualTo(expected);
        assertThat(sent.headers()).isEmpty();
        assertThat(sent.body()).isEmpty();
    }

    @Test
    void a_body_is_handed_on_with_its_type_and_no_other_header() {
        var json = "{\"cid\":\"w1\",\"note\":\"\u20ac\"}";
        var form = "cid=w1&sig=***&payout=1";

        var asJson =
                sent("https://old.example/pb", report("POST", "/pb", "application/json", json));
        var asForm =
                sent(
                        "https://old.example/pb",
                        report("POST", "/pb", "application/x-www-form-urlencoded", form));

        assertThat(asJson.method()).isEqualTo("POST");
        assertThat(asJson.headers()).isEqualTo(Map.of("content-type", "application/json"));
        assertThat(asJson.body()).isEqualTo(json.getBytes(StandardCharsets.UTF_8));
        assertThat(asForm.body()).asString(StandardCharsets.UTF_8).isEqualTo("cid=w1&payout=1");
    }

    @Test
    void what_was_erased_is_not_sent_and_what_has_no_tracker_waits() {
        var erased =
                adapter.prepare(
                        "before", shipment(), catalog("https://old.example"), Instant.EPOCH);
        var homeless = adapter.prepare("before", shipment(), Catalog.empty("USD"), Instant.EPOCH);

        assertThat(erased).isInstanceOf(Preparation.Hopeless.class);
        assertThat(homeless).isInstanceOf(Preparation.Parked.class);
    }
}
