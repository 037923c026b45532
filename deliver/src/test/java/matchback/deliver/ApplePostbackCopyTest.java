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
import matchback.model.catalog.AppleApp;
import matchback.model.catalog.Catalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApplePostbackCopyTest {
    private static final RecordId RECORD = new RecordId(1, 2);

    private final ApplePostbackCopy adapter = new ApplePostbackCopy();

    private static Catalog catalog(boolean archived, String... urls) {
        return Catalog.empty("USD")
                .with(
                        new AppleApp(
                                "525463029",
                                "Game",
                                List.of(),
                                null,
                                List.of(),
                                null,
                                false,
                                List.of(urls),
                                archived));
    }

    private static Shipment shipment(Optional<PersonalBlock> report) {
        return new Shipment(
                Subject.record(RECORD),
                new DeliveryState(
                        1,
                        0,
                        "",
                        "apple:525463029-2",
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
                report);
    }

    private static Optional<PersonalBlock> report(String body) {
        return Optional.of(
                new PersonalBlock(
                        RECORD,
                        new byte[16],
                        "203.0.113.9",
                        "device",
                        "POST",
                        "/.well-known/skadnetwork/report-attribution/?x=1",
                        List.of("Content-Type: application/json", "Cookie: ***"),
                        body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void the_body_goes_out_as_it_came_and_nothing_of_the_device() {
        // given
        var body = " {\"version\" : \"4.0\",\n\"transaction-id\":\"é\"}\n";
        var catalog = catalog(false, "https://one.example/", "https://two.example/skan?key=1");

        // when
        var prepared = adapter.prepare("525463029-2", shipment(report(body)), catalog, Instant.MIN);
        var sent =
                adapter.pack(
                        "525463029-2", List.of(((Preparation.Ready) prepared).parcel()), catalog);

        // then
        assertThat(sent.method()).isEqualTo("POST");
        assertThat(sent.url()).isEqualTo("https://two.example/skan?key=1");
        assertThat(sent.headers()).isEqualTo(Map.of("content-type", "application/json"));
        assertThat(new String(sent.body(), StandardCharsets.UTF_8)).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"525463029-2", "525463029-0", "525463029-x", "525463029", "1-1", "-1"})
    void what_has_no_url_any_more_waits(String key) {
        // when
        var prepared =
                adapter.prepare(
                        key,
                        shipment(report("{}")),
                        catalog(false, "https://one.example/"),
                        Instant.MIN);

        // then
        assertThat(prepared).isInstanceOf(Preparation.Parked.class);
    }

    @Test
    void an_archived_app_sends_nothing() {
        // when
        var prepared =
                adapter.prepare(
                        "525463029-1",
                        shipment(report("{}")),
                        catalog(true, "https://one.example/"),
                        Instant.MIN);

        // then
        assertThat(prepared).isInstanceOf(Preparation.Parked.class);
    }

    @Test
    void a_body_that_was_erased_is_not_waited_for() {
        // when
        var prepared =
                adapter.prepare(
                        "525463029-1",
                        shipment(Optional.empty()),
                        catalog(false, "https://one.example/"),
                        Instant.MIN);

        // then
        assertThat(prepared).isInstanceOf(Preparation.Hopeless.class);
    }
}
