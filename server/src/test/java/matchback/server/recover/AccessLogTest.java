package matchback.server.recover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import matchback.ledger.intake.Missed;
import matchback.server.recover.AccessLog.Found;
import matchback.server.recover.AccessLog.Wanted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessLogTest {
    private static final Wanted WANTED =
            new Wanted(Set.of(502, 503, 504), Long.MIN_VALUE, Long.MAX_VALUE, "track.example");

    @TempDir Path folder;

    private Found read(Wanted wanted, String... lines) throws IOException {
        var file = folder.resolve("access.log");
        Files.write(file, List.of(lines), StandardCharsets.ISO_8859_1);
        var log = new AccessLog(wanted);
        log.read(file);
        return log.found();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.7 - - [23/Nov/2026:12:15:30 +0200] \"GET /postback?clickid=A HTTP/1.1\" 502"
                        + " 157 \"-\" \"Agent 1.0\"",
                "192.0.2.7 - a user [23/Nov/2026:10:15:30 +0000] \"GET /postback?clickid=A HTTP/2.0\""
                        + " 504 0 \"-\" \"Agent 1.0\" \"-\" rt=60.000",
                "track.example:443 192.0.2.7 - - [23/Nov/2026:10:15:30 +0000] \"GET"
                        + " /postback?clickid=A HTTP/1.1\" 503 157 \"-\" \"Agent 1.0\"",
                "{\"time_iso8601\":\"2026-11-23T10:15:30+00:00\",\"remote_addr\":\"192.0.2.7\","
                        + "\"request\":\"GET /postback?clickid=A HTTP/1.1\",\"status\":502,"
                        + "\"http_user_agent\":\"Agent 1.0\"}",
                "{\"msec\":\"1795428930.000\",\"remote_addr\":\"192.0.2.7\",\"status\":\"502\","
                        + "\"request_method\":\"GET\",\"request_uri\":\"/postback?clickid=A\","
                        + "\"user_agent\":\"Agent 1.0\",\"host\":\"track.example\"}",
                "{\"ts\":1795428930.0,\"request\":{\"remote_ip\":\"192.0.2.7\",\"method\":\"GET\","
                        + "\"host\":\"track.example\",\"uri\":\"/postback?clickid=A\","
                        + "\"headers\":{\"User-Agent\":[\"Agent 1.0\"]}},\"status\":502}"
            })
    void the_usual_forms_are_read(String line) throws IOException {
        var found = read(WANTED, line);

        assertThat(found.unreadable()).isZero();
        assertThat(found.missed())
                .singleElement()
                .satisfies(missed -> {
                    assertThat(Instant.ofEpochMilli(missed.at())).isEqualTo("2026-11-23T10:15:30Z");
                    assertThat(missed.target()).isEqualTo("/postback?clickid=A");
                    assertThat(missed.address()).isEqualTo("192.0.2.7");
                    assertThat(missed.userAgent()).isEqualTo("Agent 1.0");
                    assertThat(missed.host()).isEqualTo("track.example");
                });
    }

    private static String line(String time, String request, int status) {
        return "192.0.2.7 - - [23/Nov/2026:%s +0000] \"%s\" %d 157 \"-\" \"A\""
                .formatted(time, request, status);
    }

    @Test
    void only_what_was_missed_is_taken_in_the_order_of_time() throws IOException {
        var found =
                read(
                        new Wanted(
                                Set.of(502),
                                Instant.parse("2026-11-23T10:00:00Z").toEpochMilli(),
                                Instant.parse("2026-11-23T11:00:00Z").toEpochMilli(),
                                ""),
                        line("10:30:00", "GET /c/b HTTP/1.1", 502),
                        line("10:20:00", "GET /c/a HTTP/1.1", 502),
                        line("10:20:00", "GET /c/ok HTTP/1.1", 302),
                        line("10:20:00", "POST /postback HTTP/1.1", 502),
                        line("09:59:59", "GET /c/early HTTP/1.1", 502),
                        line("11:00:00", "GET /c/late HTTP/1.1", 502),
                        "this is no line",
                        line("10:40:00", "\\x16\\x03\\x01", 502));

        assertThat(found.lines()).isEqualTo(8);
        assertThat(found.unreadable()).isEqualTo(2);
        assertThat(found.withStatus()).isEqualTo(3);
        assertThat(found.withBody()).isEqualTo(1);
        assertThat(found.missed()).extracting(Missed::target).containsExactly("/c/a", "/c/b");
    }

    @Test
    void equal_lines_are_requests_of_their_own_and_the_same_ones_every_time() throws IOException {
        var line = line("10:20:00", "GET /c/a HTTP/1.1", 502);

        var first = read(WANTED, line, line);
        var again = read(WANTED, line, line);

        assertThat(first.missed()).extracting(Missed::id).doesNotHaveDuplicates().hasSize(2);
        assertThat(again.missed()).isEqualTo(first.missed());
    }

    @Test
    void escapes_are_taken_back() throws IOException {
        var found = read(WANTED, line("10:20:00", "GET /c/a?x=\\x22\\xD0\\x9A\\\\ HTTP/1.1", 502));

        assertThat(found.missed().getFirst().target()).isEqualTo("/c/a?x=\"\u00D0\u009A\\");
    }

    @Test
    void compressed_logs_are_read() throws IOException {
        var file = folder.resolve("access.log.1.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(
                    line("10:20:00", "GET /c/a HTTP/1.1", 504)
                            .getBytes(StandardCharsets.ISO_8859_1));
        }
        var log = new AccessLog(WANTED);

        log.read(file);

        assertThat(log.found().missed()).hasSize(1);
    }
}
