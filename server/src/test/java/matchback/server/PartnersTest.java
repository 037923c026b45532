package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import matchback.console.templates.OfferTemplates;
import matchback.console.templates.Template;
import matchback.console.templates.Templates;
import matchback.ingest.IngestConfig;
import matchback.ledger.Outcome;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.ReportState;
import matchback.ledger.state.SubjectState;
import matchback.model.Feed;
import matchback.model.Params;
import matchback.model.Reason;
import matchback.model.Status;
import matchback.model.Subject;
import matchback.model.catalog.Offer;
import matchback.model.catalog.TrafficSource;
import matchback.server.testing.Await;
import matchback.server.testing.MemoryTracker;
import matchback.server.testing.RawHttp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What each measurement partner sends about one click, as it sends it, over HTTP: installs, in-app
/// events, re-engagements, rejections, the same again, and again because no answer came in time.
class PartnersTest {
    private static final List<String> ROWS = new ArrayList<>();

    private static Vertx vertx;

    private MemoryTracker tracker;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().await();
        System.out.printf("%-10s %-22s %s%n", "partner", "sent", "came out as");
        ROWS.forEach(System.out::println);
    }

    @BeforeEach
    void listen() {
        tracker = new MemoryTracker(vertx, IngestConfig.DEFAULT);
    }

    @AfterEach
    void close() {
        tracker.close();
    }

    static List<Template> partners() {
        return Templates.catalogue().all().stream().filter(t -> t.partner() != null).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("partners")
    void reports_are_taken_as_they_are_documented(Template partner) {
        set(partner);

        isSentOn(partner);
        installs(partner);
        events(partner);
        reengages(partner);
        rejects(partner);
        rejectsFirst(partner);
        timesOut(partner);
    }

    private void set(Template partner) {
        var url = OfferTemplates.catalogue().find(partner.key()).orElseThrow();
        tracker.put(partner.sender(partner.key()));
        tracker.put(MemoryTracker.rate("EUR", "1.1"));
        tracker.put(
                new Offer(
                        "app",
                        "App",
                        url.url(url.examples()),
                        partner.key(),
                        2_000_000L,
                        "USD",
                        Offer.CLICK_ID_PARAMETER_DEFAULT,
                        Offer.WINDOW_DAYS_DEFAULT,
                        false));
        tracker.put(MemoryTracker.campaign("app", 2, "app"));
    }

    /// The visitor goes to the partner's click URL, filled.
    private void isSentOn(Template partner) {
        var expected = OfferTemplates.catalogue().find(partner.key()).orElseThrow().expect();
        tracker.put(
                new TrafficSource(
                        "push",
                        "Push",
                        Map.of("sub1", "a", "sub2", "b", "sub3", "c", "creative", "ad"),
                        null,
                        false));
        tracker.put(MemoryTracker.campaign("spring", 3, "push", "app"));

        var click = new Click(partner, "/c/spring?a=s1&b=s2&c=s3&ad=banner");

        assertThat(click.location.replace(click.id, "CLICK")).isEqualTo(expected);
        row(partner, "click", click.location);
    }

    private void installs(Template partner) {
        var click = new Click(partner);

        var first = click.send(partner);
        var second = click.send(partner);
        var third = click.post(partner);

        assertThat(first.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(second.reason()).isEqualTo(Reason.DUPLICATE_REPORT);
        assertThat(third.reason()).isEqualTo(Reason.DUPLICATE_REPORT);
        var install = click.only();
        assertThat(install.eventType()).isEqualTo("install");
        assertThat(install.payout().plain()).isEqualTo("2.00");
        assertThat(install.feeds()).containsExactly(Feed.MMP);
        row(partner, "install", first);
        row(partner, "install, twice", second);
        row(partner, "install, as a form", third);
    }

    private void events(Template partner) {
        var click = new Click(partner);
        var event = report(partner, "event").orElseThrow();
        click.send(partner);

        var first = click.send(event);
        var same = click.send(event);
        var later = click.send(event, later(event));

        assertThat(first.reason()).isEqualTo(Reason.ADDITIONAL_CONVERSION);
        assertThat(same.reason()).isEqualTo(Reason.DUPLICATE_EVENT_ID);
        assertThat(later.reason()).isEqualTo(Reason.ADDITIONAL_CONVERSION);
        assertThat(click.conversions()).hasSize(3);
        var bought = click.conversions().get(1);
        assertThat(bought.payout().micros()).isZero();
        assertThat(bought.value()).isNotNull();
        row(partner, "event", first);
        row(partner, "event, twice", same);
        row(partner, "another event", later);
    }

    private void reengages(Template partner) {
        var click = new Click(partner);

        var first = click.send(report(partner, "reengagement").orElseThrow());

        assertThat(first.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(click.only().eventType()).isEqualTo("reengagement");
        row(partner, "re-engagement", first);
    }

    private void rejects(Template partner) {
        var rejected = report(partner, "rejected");
        if (rejected.isEmpty()) {
            row(partner, "rejected", "not documented");
            return;
        }
        var click = new Click(partner);
        click.send(partner);

        var taken = click.send(rejected.get());
        var again = click.send(rejected.get());
        var late = click.send(partner);

        assertThat(taken.reason()).isEqualTo(Reason.STATUS_CHANGED);
        assertThat(again.reason()).isEqualTo(Reason.DUPLICATE_REPORT);
        assertThat(late.reason()).isEqualTo(Reason.STALE_STATUS);
        assertThat(click.only().status()).isEqualTo(Status.REJECTED);
        reasonOf(rejected.get())
                .ifPresent(why ->
                        assertThat(taken.detail())
                                .isEqualTo("rejected by the sender for '" + why + "'"));
        row(partner, "rejected", taken);
        row(partner, "rejected, twice", again);
        row(partner, "install, sent again", late);
        rejectsOther(partner, "event");
        rejectsOther(partner, "reengagement");
    }

    private void rejectsOther(Template partner, String variant) {
        var rejected = report(partner, "rejected-" + variant);
        if (rejected.isEmpty()) {
            return;
        }
        var click = new Click(partner);
        click.send(report(partner, variant).orElseThrow());

        var taken = click.send(rejected.get());

        assertThat(taken.reason()).isEqualTo(Reason.STATUS_CHANGED);
        assertThat(click.only().status()).isEqualTo(Status.REJECTED);
        row(partner, "rejected " + variant, taken);
    }

    private void rejectsFirst(Template partner) {
        var rejected = report(partner, "rejected");
        if (rejected.isEmpty()) {
            return;
        }
        var click = new Click(partner);

        var taken = click.send(rejected.get());

        assertThat(taken.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(click.only().status()).isEqualTo(Status.REJECTED);
        row(partner, "rejected at once", taken);
    }

    /// The report is stored, its answer reaches nobody, and the partner sends it as often as it
    /// does.
    private void timesOut(Template partner) {
        timesOut(partner, partner, Reason.DUPLICATE_REPORT);
        timesOut(partner, report(partner, "event").orElseThrow(), Reason.DUPLICATE_EVENT_ID);
    }

    private void timesOut(Template partner, Template report, Reason duplicate) {
        var click = new Click(partner);
        click.sendAndHangUp(report);
        int resends = Math.max(1, partnerOf(partner).resends());
        for (int i = 0; i < resends; i++) {
            var again = click.send(report);

            assertThat(again.reason()).isEqualTo(duplicate);
        }
        assertThat(click.only().status()).isEqualTo(Status.APPROVED);
        row(
                partner,
                click.only().eventType() + ", no answer",
                "1 conversion, "
                        + resends
                        + (resends == 1 ? " duplicate" : " duplicates")
                        + "; "
                        + partnerOf(partner).retries());
    }

    private static Template.Partner partnerOf(Template template) {
        return Optional.ofNullable(template.partner()).orElseThrow();
    }

    private static Optional<Template> report(Template partner, String variant) {
        return Templates.catalogue().report(partner.key() + ':' + variant);
    }

    /// The same event some time after: another time or another id of it.
    private static Map<String, String> later(Template event) {
        var values = new HashMap<>(event.vector().filled());
        for (var macro : List.of("(timestamp)", "{created_at}", "${(id)!}", "{UTCM}")) {
            values.computeIfPresent(
                    macro,
                    (_, value) ->
                            value.substring(0, value.length() - 1)
                                    + (value.endsWith("7") ? "8" : "7"));
        }
        return values;
    }

    private static Optional<String> reasonOf(Template rejected) {
        return List.of(rejected.postbackQuery().split("&", -1)).stream()
                .filter(pair -> pair.startsWith("reject_reason="))
                .map(pair -> pair.substring(pair.indexOf('=') + 1))
                .map(macro -> rejected.vector().filled().getOrDefault(macro, ""))
                .findFirst();
    }

    private static void row(Template partner, String sent, Outcome outcome) {
        var status = outcome.status();
        row(
                partner,
                sent,
                "%s: %s %s%s"
                        .formatted(
                                outcome.reason().code(),
                                outcome.event(),
                                status == null ? "" : status.word(),
                                outcome.detail().startsWith("rejected")
                                        ? ", " + outcome.detail()
                                        : ""));
    }

    private static void row(Template partner, String sent, String became) {
        ROWS.add("%-10s %-22s %s".formatted(partner.key(), sent, became));
    }

    /// A visitor who was sent to the partner's click URL.
    private final class Click {
        private final Template partner;
        private final String location;
        private final String id;

        Click(Template partner) {
            this(partner, "/c/app");
        }

        Click(Template partner, String link) {
            this.partner = partner;
            var answer = RawHttp.get(tracker.url(), link, "User-Agent: Mozilla/5.0 Firefox/140.0");
            this.location =
                    answer.text()
                            .lines()
                            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("location:"))
                            .map(line -> line.substring(line.indexOf(':') + 1).strip())
                            .findFirst()
                            .orElseThrow();
            this.id =
                    Params.ofQuery(location.substring(location.indexOf('?') + 1))
                            .first(partner.offerParameter());
            assertThat(id).as(location).isNotEmpty();
        }

        Outcome send(Template report) {
            return send(report, report.vector().filled());
        }

        Outcome send(Template report, Map<String, String> values) {
            int before = reports().size();
            var answer = RawHttp.get(tracker.url(), target(report, values));

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(reports()).hasSize(before + 1);
            return reports().getLast().outcome();
        }

        /// As partners do that were asked to post.
        Outcome post(Template report) {
            int before = reports().size();
            var target = target(report, report.vector().filled());
            int query = target.indexOf('?');
            var body = target.substring(query + 1);

            var answer =
                    RawHttp.send(
                            tracker.url(),
                            "POST "
                                    + target.substring(0, query)
                                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                    + "Content-Type: application/x-www-form-urlencoded\r\n"
                                    + "Content-Length: "
                                    + body.length()
                                    + "\r\n\r\n"
                                    + body);

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(reports()).hasSize(before + 1);
            return reports().getLast().outcome();
        }

        void sendAndHangUp(Template report) {
            var uri = URI.create(tracker.url());
            try (var socket = new Socket(uri.getHost(), uri.getPort())) {
                var request =
                        "GET "
                                + target(report, report.vector().filled())
                                + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
                Await.until("the report is stored", () -> !reports().isEmpty());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String target(Template report, Map<String, String> values) {
            return "/postback/"
                    + partner.key()
                    + '?'
                    + report.fill(report.postbackQuery(), values, id);
        }

        private <T> T read(Function<SubjectState, T> what) {
            try (var snapshot = tracker.ledger.snapshot()) {
                var subject = new Subject(id);
                return what.apply(new SubjectState(snapshot.state(subject), subject));
            }
        }

        List<ConversionState> conversions() {
            return read(SubjectState::conversions);
        }

        ConversionState only() {
            assertThat(conversions()).hasSize(1);
            return conversions().getFirst();
        }

        private List<ReportState> reports() {
            return read(SubjectState::reports);
        }
    }
}
