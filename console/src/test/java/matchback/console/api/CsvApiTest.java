package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import matchback.console.csv.CsvFile;
import matchback.console.testing.Reply;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.SubjectState;
import matchback.model.ClickId;
import matchback.model.Feed;
import matchback.model.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Conversions handed in as a CSV file.
final class CsvApiTest {
    private static final String PATH = "/api/v1/conversions/csv";

    private final TestingConsole console = new TestingConsole();
    private final Traffic traffic = new Traffic(console);

    @AfterEach
    void close() {
        console.close();
    }

    private Reply send(String query, String csv) {
        return send(query, csv.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private Reply send(String query, byte[] csv) {
        return console.send(
                console.withToken(PATH + query)
                        .header("Content-Type", "text/csv")
                        .POST(BodyPublishers.ofByteArray(csv)));
    }

    /// What became of each row, as a CSV file again: its lines.
    private List<String> result(String query, String csv) {
        var reply =
                console.send(
                        console.withToken(PATH + query)
                                .header("Content-Type", "text/csv")
                                .header("Accept", "text/csv")
                                .POST(BodyPublishers.ofString(csv)));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.text().lines().toList();
    }

    private SubjectState state(ClickId click) {
        var subject = Subject.click(click);
        return new SubjectState(console.ledger.snapshot().state(subject), subject);
    }

    private static List<String> reasons(Reply reply) {
        return Stream.iterate(0, i -> i < reply.json().path("reasons").size(), i -> i + 1)
                .map(i -> reply.json().path("reasons").path(i))
                .map(r -> r.path("reason").asText() + " " + r.path("rows").asLong())
                .toList();
    }

    @Test
    void a_preview_tells_what_would_become_of_each_row_and_stores_nothing() {
        var one = traffic.click();
        var two = traffic.click();
        var csv =
                """
                Click ID,Payout,Transaction ID,Status
                %s,10.50,A1,approved
                %s,10.50,A1,approved
                %s,3,A1,approved
                {clickid},3,A2,approved
                %s,4,A3,pending
                """
                        .formatted(one, one, two, two);

        var preview = send("?sender=net&dryRun=true", csv);

        assertThat(preview.status()).as(preview.text()).isEqualTo(200);
        assertThat(preview.json().path("rows").asInt()).isEqualTo(5);
        assertThat(reasons(preview))
                .containsExactlyInAnyOrder(
                        "new_conversion 2",
                        "duplicate_transaction 1",
                        "duplicate_transaction_other_click 1",
                        "unresolved_macro 1");
        assertThat(preview.json().path("payouts").toString()).contains("14.50", "USD");
        assertThat(state(one).reports()).isEmpty();
        assertThat(state(two).conversions()).isEmpty();

        var applied = send("?sender=net", csv);

        assertThat(reasons(applied)).containsExactlyElementsOf(reasons(preview));
        assertThat(state(one).conversions())
                .singleElement()
                .extracting(ConversionState::feeds)
                .isEqualTo(List.of(Feed.FILE));
    }

    @Test
    void a_preview_stands_upon_what_is_stored() {
        var click = traffic.click();
        traffic.postback(click, "txid=A1&payout=5");

        var preview = send("?sender=net&dryRun=true", "clickid,txid,payout\n" + click + ",A1,5\n");

        assertThat(reasons(preview)).containsExactly("duplicate_transaction 1");
    }

    @Test
    void the_same_file_again_changes_nothing_and_says_so() {
        var click = traffic.click();
        var csv = "clickid,payout\n%s,1\n%s,1\n".formatted(click, click);
        send("", csv);
        var reports = state(click).reports().size();
        console.clock.advance(Duration.ofDays(2));

        var again = send("", csv);

        assertThat(again.json().path("takenBefore").asInt()).isEqualTo(2);
        assertThat(reasons(again)).isEmpty();
        assertThat(state(click).reports()).hasSize(reports);
        assertThat(state(click).conversions()).hasSize(1);
    }

    @Test
    void of_a_longer_file_only_the_new_rows_are_taken() {
        var one = traffic.click();
        var two = traffic.click();
        send("", "clickid,payout\n%s,1\n".formatted(one));

        var more = send("", "clickid,payout\n%s,2\n%s,1\n".formatted(two, one));

        assertThat(more.json().path("takenBefore").asInt()).isEqualTo(1);
        assertThat(reasons(more)).containsExactly("new_conversion 1");
    }

    @Test
    void rows_can_be_taken_again_on_purpose() {
        var click = traffic.click();
        var csv = "clickid,payout\n%s,1\n".formatted(click);
        send("", csv);

        var again = send("?again=true", csv);

        assertThat(reasons(again)).containsExactly("duplicate_report 1");
        assertThat(state(click).reports()).hasSize(2);
    }

    @Test
    void each_row_comes_back_with_what_became_of_it() {
        var click = traffic.click();

        var lines =
                result(
                        "?sender=net",
                        """
                        clickid;payout;note
                        %s;12,50;=HYPERLINK("x")
                        nothing;1;@cmd
                        %s;1;fine;too;many
                        """
                                .formatted(click, click));

        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).startsWith("\uFEFFclickid;payout;note;result_line;");
        assertThat(lines.get(1))
                .contains("\"'=HYPERLINK(\"\"x\"\")\";2;counted;new_conversion;")
                .contains(";12.50;USD;")
                .endsWith(";no");
        assertThat(lines.get(2)).contains(";'@cmd;3;refused;malformed_click_id;");
        assertThat(lines.get(3))
                .contains(";4;unread;;5 cells; there are 3 columns;".substring(0, 9));
    }

    @Test
    void separators_marks_quotes_and_hints_are_understood() {
        var clicks = IntStream.range(0, 5).mapToObj(_ -> traffic.click()).toList();
        var files =
                List.of(
                        "\uFEFFclickid,payout\r\n%s,\"1,234.5\"\r\n",
                        "clickid\tpayout\n%s\t1 234,5\n",
                        "sep=;\nclickid;payout\n%s;1234,5\n",
                        "\"clickid\"|\"payout\"\n\"%s\"|\"1234.5\"\n\n\n",
                        "\n\nnote,clickid,payout\n\"a\nb\",%s,1234.5");

        for (int i = 0; i < files.size(); i++) {
            var reply = send("", files.get(i).formatted(clicks.get(i)));

            assertThat(reasons(reply)).as(files.get(i)).containsExactly("new_conversion 1");
            assertThat(state(clicks.get(i)).conversions().getFirst().payout().plain())
                    .as(files.get(i))
                    .isEqualTo("1234.50");
        }
    }

    @Test
    void the_senders_mapping_words_and_zone_read_the_file() {
        console.put(
                "/api/v1/senders/net",
                """
                {"key":"net","name":"Network","parameters":{"clickid":"aff_sub","payout":"money"},
                 "statuses":{"ok":"approved"},"timeZone":"Europe/Kyiv"}
                """);
        var click = traffic.click();
        console.clock.advance(Duration.ofHours(3));

        send(
                "?sender=net",
                "aff_sub,money,status,time\n%s,7,ok,2026-03-01 15:00\n".formatted(click));

        var conversion = state(click).conversions().getFirst();
        assertThat(conversion.payout().plain()).isEqualTo("7.00");
        assertThat(Json.time(conversion.eventAt())).isEqualTo("2026-03-01T13:00:00Z");
    }

    @Test
    void columns_are_named_by_hand_where_their_heading_says_nothing() {
        var click = traffic.click();
        var csv = "x,y,payout\n%s,9,1\n".formatted(click);

        var missing = send("", csv);
        var chosen = send("?column.clickid=x&column.payout=y", csv);
        var unknown = send("?column.clickid=z", csv);

        assertThat(missing.status()).isEqualTo(422);
        assertThat(missing.text()).contains("column.clickid", "x, y, payout");
        assertThat(unknown.text()).contains("no column \\\"z\\\"");
        assertThat(reasons(chosen)).containsExactly("new_conversion 1");
        assertThat(state(click).conversions().getFirst().payout().plain()).isEqualTo("9.00");
    }

    @Test
    void late_rows_are_judged_by_their_own_time() {
        var click = traffic.click();
        var other = traffic.click();
        var within = console.clock.instant().plus(Duration.ofDays(20));
        console.clock.advance(Duration.ofDays(60));

        var reply = send("", "clickid,event_time\n%s,%s\n%s,\n".formatted(click, within, other));

        assertThat(reasons(reply)).containsExactlyInAnyOrder("new_conversion 1", "too_late 1");
    }

    private List<Path> parts() {
        try (var left = Files.list(console.context().handover().folder())) {
            return left.filter(f -> f.toString().endsWith(".part")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_is_no_such_file_is_told_with_what_to_do() {
        var latin =
                "clickid,note\nx,caf\u00e9\n"
                        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        var open = "clickid,note\nx,\"" + "never closed\n".repeat(5000);

        assertThat(send("", "").text()).contains("empty");
        assertThat(send("", latin).text()).contains("UTF-8");
        assertThat(send("?dryRun=true", open).text()).contains("line", "quotation mark");
        assertThat(send("?sender=nobody", "clickid\nx\n").text()).contains("no sender");
        assertThat(send("?column.clickid=a&colum=1", "a\nx\n").status()).isEqualTo(400);
        // A file goes after its answer has left.
        console.await("the folder holds no part of a file", () -> parts().isEmpty());
    }

    @Test
    void a_file_that_is_too_large_is_not_read_to_its_end() {
        var big = new byte[CsvFile.BYTES_MAX + 1];
        java.util.Arrays.fill(big, (byte) 'x');

        assertThat(send("", big).status()).isEqualTo(413);
    }

    @Test
    void it_needs_the_token() {
        var reply = console.send(console.bare(PATH).POST(BodyPublishers.ofString("clickid\nx\n")));

        assertThat(reply.status()).isEqualTo(401);
    }

    @Test
    void equal_rows_of_one_file_are_reports_of_their_own() {
        var click = traffic.click();
        var rows =
                IntStream.range(0, 3).mapToObj(_ -> click + ",1").collect(Collectors.joining("\n"));

        var reply = send("", "clickid,payout\n" + rows);

        assertThat(reasons(reply))
                .containsExactlyInAnyOrder("new_conversion 1", "duplicate_report 2");
        assertThat(state(click).reports()).hasSize(3);
    }
}
