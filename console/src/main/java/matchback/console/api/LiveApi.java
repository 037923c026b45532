package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import matchback.console.ConsoleConfig;
import matchback.console.ConsoleContext;
import matchback.console.Live;
import matchback.report.Item.ConversionItem;
import matchback.report.Overview;
import matchback.report.Report.Values;

/// Today's numbers as a stream of events (HTML Living Standard, 9.2 Server-sent events).
///
/// A stream begins with the numbers of now; each later change brings the new conversions and then
/// the numbers. It ends after a while, so that whoever may not look on any more does not; browsers
/// ask again by themselves, and then get the conversions since. One whose connection breaks in the
/// middle may be told twice: it is known by its id.
final class LiveApi {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration LENGTH = Duration.ofMinutes(10);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final int FULL_RETRY_SECONDS = 30;
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final ConsoleContext context;
    private final ConsoleConfig config;
    private final Live live;

    LiveApi(ConsoleContext context, ConsoleConfig config, Live live) {
        this.context = context;
        this.config = config;
        this.live = live;
    }

    List<Operation> operations() {
        return List.of(
                Operation.get(
                                CatalogApi.ROOT + "live",
                                "watch",
                                "reports",
                                "Today's numbers and new conversions as server-sent events:"
                                        + " conversion, numbers",
                                this::stream)
                        .query("tz", Schema.text("Zone of today"))
                        .header(LAST_EVENT_ID, Schema.text("Goes on after this event"))
                        .answers(200, "LiveNumbers")
                        .mediaType("text/event-stream"));
    }

    private Answer stream(Call call) {
        var zone = zone(call);
        if (zone.isEmpty()) {
            return Operation.badQuery(
                    List.of(new FieldProblem("tz", "A zone is expected: Europe/Kyiv")));
        }
        if (live.isFull()) {
            return Answer.problem(
                            503,
                            "too-many-streams",
                            "No more streams can be open",
                            Live.STREAMS_MAX
                                    + " are open already; close one, or ask for"
                                    + " /api/v1/report every few seconds")
                    .with("Retry-After", Integer.toString(FULL_RETRY_SECONDS));
        }
        var after = call.header(LAST_EVENT_ID);
        return Answer.stream("text/event-stream", out -> write(call, zone.get(), after, out))
                // Compressed it would wait for more in the buffers on its way.
                .with("Content-Encoding", "identity")
                .with("X-Accel-Buffering", "no");
    }

    private Optional<ZoneId> zone(Call call) {
        try {
            return Optional.of(call.query("tz").map(ZoneId::of).orElse(config.zone()));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private void write(Call call, ZoneId zone, String after, OutputStream out) throws IOException {
        if (!live.enter()) {
            // The last place was taken since; the browser asks again, and is told so then.
            send("retry: " + RETRY.toMillis() + "\n\n", out);
            return;
        }
        try {
            send("retry: " + RETRY.toMillis() + "\n", out);
            long end = System.nanoTime() + LENGTH.toNanos();
            var news = live.news(zone);
            var told = told(news.overview(), after);
            tell(call, zone, news.overview(), told, out);
            while (System.nanoTime() < end && !live.isClosed()) {
                var next = live.after(news, zone, HEARTBEAT);
                if (next.isEmpty()) {
                    send(": still here\n\n", out);
                    continue;
                }
                news = next.get();
                tell(call, zone, news.overview(), told, out);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            live.leave();
        }
    }

    /// Conversions that are not news: all there are, or those up to the one told of last.
    private static Set<String> told(Overview overview, String after) {
        var told = new HashSet<String>();
        boolean isNews = overview.latest().stream().anyMatch(i -> i.conversionId().equals(after));
        for (var item : overview.latest()) {
            isNews = isNews && !item.conversionId().equals(after);
            if (!isNews) {
                told.add(item.conversionId());
            }
        }
        return told;
    }

    private void tell(Call call, ZoneId zone, Overview overview, Set<String> told, OutputStream out)
            throws IOException {
        var text = new StringBuilder();
        for (var item : overview.latest().reversed()) {
            if (!told.contains(item.conversionId())) {
                event(call, "conversion", item.conversionId(), ListJson.conversion(item), text);
            }
        }
        // Only those can come again that are still among the latest.
        told.clear();
        overview.latest().stream().map(ConversionItem::conversionId).forEach(told::add);
        var last = overview.latest().isEmpty() ? "" : overview.latest().getFirst().conversionId();
        event(call, "numbers", last, numbers(zone, overview), text);
        send(text.toString(), out);
    }

    private ObjectNode numbers(ZoneId zone, Overview overview) {
        var node = Json.object();
        node.put("at", context.clock().instant().toString());
        node.put("tz", zone.getId());
        node.put("currency", config.reportCurrency());
        put(node.putObject("today"), overview.today());
        put(node.putObject("yesterday"), overview.yesterday());
        return node;
    }

    private static void put(ObjectNode node, Values values) {
        values.present().forEach((metric, value) -> ReportJson.put(node, metric, value));
    }

    private static void event(
            Call call, String name, String id, ObjectNode data, StringBuilder out) {
        if (call.isMoneyHidden()) {
            MoneyMask.hide(data);
        }
        out.append("event: ").append(name).append('\n');
        if (!id.isEmpty()) {
            out.append("id: ").append(id).append('\n');
        }
        out.append("data: ").append(data).append("\n\n");
    }

    private static void send(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /// Schema of the data of `numbers`.
    static ObjectNode schema() {
        var values = Schema.map("Metrics; those that have a value", ReportJson.textOrCount());
        return Schema.object(
                "The day so far, and the day before as far as today has come",
                List.of(
                        FieldSpec.required("at", Schema.time("When")),
                        FieldSpec.required("tz", Schema.text("Zone of the days")),
                        FieldSpec.required("currency", Schema.text("ISO 4217")),
                        FieldSpec.required("today", values),
                        FieldSpec.required("yesterday", values)));
    }
}
