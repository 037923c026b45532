package matchback.console.pages;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import matchback.console.DeliveryDesk;
import matchback.console.DeliveryDesk.Flow;
import matchback.console.DeliveryDesk.Message;
import matchback.console.api.CatalogEditor;
import matchback.console.api.DeadReasons;
import matchback.console.api.DestinationHealthReport;
import matchback.model.catalog.Destination;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.DestinationType;
import matchback.model.catalog.TrafficSource;
import org.jspecify.annotations.Nullable;

/// Builds the pages of destinations, and does what their buttons say.
final class Destinations {

    /// Longer than the longest exchange, the one for an access token before it included.
    private static final long TRIAL_SECONDS_MAX = 90;

    private final CatalogEditor editor;
    private final DeliveryDesk desk;

    Destinations(CatalogEditor editor, DeliveryDesk desk) {
        this.editor = editor;
        this.desk = desk;
    }

    void list(Visit visit) {
        var texts = visit.texts();
        var rows =
                visit.catalog().all(Destination.class).values().stream()
                        .filter(destination -> !destination.archived())
                        .sorted(
                                Comparator.comparing(
                                        Destination::name, String.CASE_INSENSITIVE_ORDER))
                        .map(d -> row(visit, d.name(), d.key(), d.address(), typeName(d.type())))
                        .toList();
        var sources =
                visit.catalog().all(TrafficSource.class).values().stream()
                        .filter(source -> !source.archived() && source.postback().isPresent())
                        .sorted(
                                Comparator.comparing(
                                        TrafficSource::name, String.CASE_INSENSITIVE_ORDER))
                        .map(s ->
                                row(
                                        visit,
                                        s.name(),
                                        s.address(),
                                        s.address(),
                                        texts.of("destinations.own")))
                        .toList();
        visit.show(
                visit.site()
                        .templates()
                        .destinations(
                                new DestinationsPage(
                                        visit.frame(
                                                texts.of("nav.destinations"), Section.DESTINATIONS),
                                        rows,
                                        sources,
                                        new Nothing(
                                                texts.of("destinations.none"),
                                                texts.of("destinations.none_text"),
                                                "",
                                                "/destinations/new",
                                                texts.of("destinations.add")))));
    }

    private DestinationRow row(Visit visit, String name, String key, String address, String type) {
        var flow = desk.flow(address);
        var accepted = health(visit, address).path("lastDay").path("acceptedPercent");
        return new DestinationRow(
                name,
                "/destinations/" + Visit.encode(key),
                key,
                type,
                flow.standing(),
                waiting(visit, flow),
                flow.oldestAt() == 0 ? "" : visit.formats().age(flow.oldestAt()),
                accepted.isNumber() ? accepted.asInt() + " %" : Formats.MISSING,
                last(visit, flow));
    }

    private static JsonNode health(Visit visit, String address) {
        return new DestinationHealthReport(visit.site().context()).of(address);
    }

    private static String waiting(Visit visit, Flow flow) {
        return visit.formats().count(flow.waiting()) + (flow.hasMore() ? "+" : "");
    }

    private static String last(Visit visit, Flow flow) {
        var last = flow.last();
        if (last == null) {
            return "";
        }
        var status = last.httpStatus() == 0 ? Formats.MISSING : Integer.toString(last.httpStatus());
        return status + ' ' + visit.texts().orElse("word." + last.result(), last.result());
    }

    private String typeName(String type) {
        return desk.type(type).map(DestinationType::name).orElse(type);
    }

    /// The kinds to choose from, or the form of the one that was chosen.
    void make(Visit visit, Forms forms, DestinationForm form) {
        if (desk.type(visit.param("type")).isPresent()) {
            forms.make(visit, form);
            return;
        }
        var texts = visit.texts();
        visit.show(
                visit.site()
                        .templates()
                        .destinationtypes(
                                new DestinationTypesPage(
                                        visit.frame(
                                                texts.of("destinations.add"), Section.DESTINATIONS),
                                        desk.types().stream()
                                                .map(type ->
                                                        new DestinationTypesPage.Kind(
                                                                type.name(),
                                                                type.summary(),
                                                                "/destinations/new?type="
                                                                        + Visit.encode(
                                                                                type.type())))
                                                .toList())));
    }

    void show(Visit visit) {
        show(visit, null);
    }

    private void show(Visit visit, DestinationPage.@Nullable Trial trial) {
        var key = visit.pathParam("key");
        var destination = visit.catalog().destination(key);
        var source =
                visit.catalog().all(TrafficSource.class).values().stream()
                        .filter(s -> s.address().equals(key))
                        .findFirst();
        if (destination.isEmpty() && source.isEmpty()) {
            new Errors(visit.site()).notFound(visit);
            return;
        }
        visit.show(
                visit.site().templates().destination(page(visit, key, destination, source, trial)));
    }

    private DestinationPage page(
            Visit visit,
            String key,
            Optional<Destination> destination,
            Optional<TrafficSource> source,
            DestinationPage.@Nullable Trial trial) {
        var texts = visit.texts();
        var address = destination.map(Destination::address).orElse(key);
        var title =
                destination
                        .map(Destination::name)
                        .or(() -> source.map(TrafficSource::name))
                        .orElse(key);
        var flow = desk.flow(address);
        var health = health(visit, address);
        boolean isArchived = destination.map(Destination::archived).orElse(false);
        var standing = isArchived ? "archived" : flow.standing();
        return new DestinationPage(
                visit.frame(title, Section.DESTINATIONS),
                title,
                destination.map(d -> typeName(d.type())).orElse(texts.of("destinations.own")),
                standing,
                texts.orElse("destinations.advice." + standing, ""),
                "/destinations/" + Visit.encode(key),
                destination
                        .map(_ -> "/destinations/" + Visit.encode(key) + "/edit")
                        .orElse("/sources/" + source.map(TrafficSource::key).orElse("")),
                "/deliveries?destination=" + Visit.encode(address),
                destination.isPresent() && !isArchived,
                destination.map(Destination::paused).orElse(false),
                flow.standing().equals("parked") || flow.standing().equals("broken"),
                destination.map(d -> facts(visit, d)).orElse(List.of()),
                figures(visit, flow, health),
                dead(visit, key, health),
                destination.isPresent() && !isArchived
                        ? "/destinations/" + Visit.encode(key) + "/backfill"
                        : "",
                coverage(visit, health),
                trial);
    }

    private List<Detail> facts(Visit visit, Destination destination) {
        var texts = visit.texts();
        var facts = new ArrayList<Detail>();
        facts.add(Detail.code(texts.of("form.key"), destination.key()));
        facts.add(
                Detail.plain(
                        texts.of("form.moments"),
                        destination.moments().stream()
                                .sorted()
                                .map(Moment::word)
                                .map(word -> texts.orElse("word." + word, word))
                                .collect(Collectors.joining(", "))));
        facts.add(Detail.plain(texts.of("destinations.whose"), scope(visit, destination)));
        var type = desk.type(destination.type());
        destination
                .settings()
                .forEach((name, value) ->
                        facts.add(
                                Detail.code(
                                        type.flatMap(t -> t.setting(name))
                                                .map(DestinationType.Setting::label)
                                                .orElse(name),
                                        value)));
        return facts;
    }

    private static String scope(Visit visit, Destination destination) {
        var scope = destination.scope();
        var names = new Names(visit.catalog());
        var parts = new ArrayList<String>();
        scope.campaigns().forEach(key -> parts.add(names.campaign(key)));
        scope.sources().forEach(key -> parts.add(names.source(key)));
        scope.offers().forEach(key -> parts.add(names.offer(key)));
        return parts.isEmpty() ? visit.texts().of("destinations.all") : String.join(", ", parts);
    }

    private static List<Detail> figures(Visit visit, Flow flow, JsonNode health) {
        var texts = visit.texts();
        var formats = visit.formats();
        var day = health.path("lastDay");
        var figures = new ArrayList<Detail>();
        figures.add(
                Detail.plain(
                        texts.of("destinations.accepted"),
                        day.path("acceptedPercent").isNumber()
                                ? day.path("acceptedPercent").asInt() + " %"
                                : Formats.MISSING));
        figures.add(
                Detail.plain(
                        texts.of("destinations.day"),
                        texts.of(
                                "destinations.day_text",
                                formats.count(day.path("delivered").asLong()),
                                formats.count(day.path("dead").asLong()),
                                formats.count(day.path("waiting").asLong()))));
        figures.add(Detail.plain(texts.of("destinations.waiting"), waiting(visit, flow)));
        if (flow.oldestAt() > 0) {
            figures.add(
                    Detail.plain(texts.of("destinations.oldest"), formats.age(flow.oldestAt())));
        }
        if (flow.nextAt() > 0) {
            figures.add(
                    Detail.plain(texts.of("word.next_try"), formats.when(flow.nextAt()).text()));
        }
        if (flow.tokenUntil() > 0) {
            figures.add(
                    Detail.plain(
                            texts.of("destinations.token"),
                            formats.when(flow.tokenUntil()).text()));
        }
        var last = flow.last();
        if (last != null) {
            figures.add(
                    Detail.plain(
                            texts.of("word.last_answer"),
                            last.result().equals("delivered")
                                    ? last(visit, flow)
                                    : last(visit, flow) + ' ' + last.note()));
        }
        figures.addAll(afterwards(visit, flow));
        return figures;
    }

    /// What the destination said of them later, where it is asked.
    private static List<Detail> afterwards(Visit visit, Flow flow) {
        var texts = visit.texts();
        var formats = visit.formats();
        var figures = new ArrayList<Detail>();
        var afterwards = flow.aftermath();
        if (afterwards != null) {
            long failed = afterwards.failed().values().stream().mapToLong(n -> n).sum();
            figures.add(
                    Detail.plain(
                            texts.of("destinations.afterwards"),
                            texts.of(
                                    "destinations.afterwards_text",
                                    formats.count(afterwards.succeeded()),
                                    formats.count(failed),
                                    formats.count(afterwards.open()))));
            afterwards
                    .failed()
                    .forEach((reason, count) ->
                            figures.add(Detail.plain(reason, formats.count(count))));
        }
        return figures;
    }

    private static List<DestinationPage.Dead> dead(Visit visit, String key, JsonNode health) {
        var dead = new ArrayList<DestinationPage.Dead>();
        for (var reason : health.path("dead").path("reasons")) {
            long status = reason.path("httpStatus").asLong();
            var note = reason.path("note").isNull() ? "" : reason.path("note").asText();
            dead.add(
                    new DestinationPage.Dead(
                            status == 0 ? Formats.MISSING : Long.toString(status),
                            note,
                            visit.formats().count(reason.path("count").asLong()),
                            "/destinations/"
                                    + Visit.encode(key)
                                    + "/resend?httpStatus="
                                    + status
                                    + (DeadReasons.searchable(note).isEmpty()
                                            ? ""
                                            : "&note="
                                                    + Visit.encode(DeadReasons.searchable(note)))));
        }
        return dead;
    }

    private static List<DestinationPage.Covered> coverage(Visit visit, JsonNode health) {
        var coverage = new ArrayList<DestinationPage.Covered>();
        for (var field : health.path("coverage").path("fields")) {
            var name = field.path("field").asText();
            coverage.add(
                    new DestinationPage.Covered(
                            visit.texts().orElse("coverage." + name, name),
                            visit.formats()
                                    .percent(BigDecimal.valueOf(field.path("percent").asLong(), 2)),
                            visit.texts().orElse("coverage." + name + ".hint", "")));
        }
        return coverage;
    }

    void pause(Visit visit) {
        pause(visit, true);
    }

    void resume(Visit visit) {
        pause(visit, false);
    }

    private void pause(Visit visit, boolean isPaused) {
        var key = visit.pathParam("key");
        var destination = visit.catalog().destination(key);
        if (destination.isPresent()) {
            editor.pause(key, isPaused, visit.by());
        }
        if (!isPaused) {
            desk.resume(destination.map(Destination::address).orElse(key));
        }
        visit.goTo("/destinations/" + Visit.encode(key));
    }

    /// Sends a test event and shows what came of it on the destination's page.
    void test(Visit visit) {
        var destination = visit.catalog().destination(visit.pathParam("key"));
        if (destination.isEmpty()) {
            new Errors(visit.site()).notFound(visit);
            return;
        }
        show(visit, trial(visit, destination.get()));
    }

    private DestinationPage.Trial trial(Visit visit, Destination destination) {
        try {
            var trial = desk.test(destination).get(TRIAL_SECONDS_MAX, TimeUnit.SECONDS);
            return new DestinationPage.Trial(
                    said(trial),
                    trial.note(),
                    text(trial.request()),
                    text(trial.answer()),
                    trial.millis());
        } catch (TimeoutException _) {
            return new DestinationPage.Trial(
                    "failed",
                    visit.texts().of("destinations.trial_none", TRIAL_SECONDS_MAX),
                    "",
                    "",
                    0);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a test event came to no end", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a test event was under way", e);
        }
    }

    /// A test event is no delivery: it neither waits nor becomes a dead letter.
    private static String said(DeliveryDesk.Trial trial) {
        return switch (trial.result()) {
            case "delivered" -> "taken";
            case "dead" -> trial.request() == null ? "not_sent" : "refused";
            case "retry" -> "failed";
            default -> trial.request() == null ? "not_sent" : trial.result();
        };
    }

    private static String text(@Nullable Message message) {
        if (message == null) {
            return "";
        }
        var text = new StringBuilder(message.line());
        message.headers().forEach(header -> text.append('\n').append(header));
        if (!message.body().isEmpty()) {
            text.append("\n\n").append(message.body());
        }
        return text.toString();
    }
}
