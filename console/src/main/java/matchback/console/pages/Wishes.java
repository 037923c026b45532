package matchback.console.pages;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import matchback.console.api.Backfill;
import matchback.console.api.Resend;
import matchback.console.pages.WishPage.Preview;
import matchback.model.catalog.Destination;
import matchback.model.catalog.TrafficSource;
import matchback.report.Problem;
import org.jspecify.annotations.Nullable;

/// Sends a destination's dead letters again, and tells it of what was counted before it was there;
/// both only after a look at what that would be.
final class Wishes {
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String HTTP_STATUS = "httpStatus";
    private static final String NOTE = "note";
    private static final String CURSOR = "cursor";

    /// As long as the platforms take old conversions, as a rule.
    private static final int BACKFILL_DAYS = 7;

    /// @param key what its page is called
    private record Hearer(
            String key, String name, String address, @Nullable Destination connected) {}

    private static Optional<Hearer> hearer(Visit visit) {
        var key = visit.pathParam("key");
        return visit.catalog()
                .destination(key)
                .map(d -> new Hearer(key, d.name(), d.address(), d))
                .or(() ->
                        visit.catalog().all(TrafficSource.class).values().stream()
                                .filter(source -> source.address().equals(key))
                                .findFirst()
                                .map(s -> new Hearer(key, s.name(), s.address(), null)));
    }

    /// Those that can be told of the past: a traffic source's own postback is not.
    private static Optional<Hearer> late(Visit visit) {
        return hearer(visit)
                .filter(hearer -> hearer.connected() != null && !hearer.connected().archived());
    }

    private static void withHearer(Visit visit, Optional<Hearer> hearer, Consumer<Hearer> page) {
        hearer.ifPresentOrElse(page, () -> new Errors(visit.site()).notFound(visit));
    }

    void showResend(Visit visit) {
        withHearer(visit, hearer(visit), hearer -> showResend(visit, hearer));
    }

    private static void showResend(Visit visit, Hearer hearer) {
        var texts = visit.texts();
        var chosen = chosen(visit::param, FROM, TO, HTTP_STATUS, NOTE);
        var fields =
                List.of(
                        date(visit, FROM, chosen),
                        date(visit, TO, chosen),
                        text(visit, HTTP_STATUS, chosen),
                        text(visit, NOTE, chosen));
        var problem = "";
        Preview preview = null;
        switch (Resend.filter(hearer.address(), asked(visit, chosen))) {
            case Resend.Read.Invalid(var problems) -> problem = sentence(problems);
            case Resend.Read.Valid(var filter) ->
                    preview =
                            preview(
                                    visit,
                                    chosen,
                                    new Resend(visit.site().context())
                                            .run(filter, true, visit.by()));
        }
        show(
                visit,
                hearer,
                "resend",
                fields,
                problem,
                done(visit, texts, "resend.done", "resent", "superseded", "left"),
                preview);
    }

    private static Preview preview(Visit visit, Map<String, String> chosen, Resend.Done done) {
        var texts = visit.texts();
        var formats = visit.formats();
        var rows =
                done.reasons().stream()
                        .map(reason ->
                                new WishPage.Row(
                                        reason.httpStatus() == 0
                                                ? Formats.MISSING
                                                : Long.toString(reason.httpStatus()),
                                        reason.note(),
                                        formats.count(reason.count())))
                        .toList();
        var sentence = new StringBuilder(texts.of("resend.preview", formats.count(done.matched())));
        if (done.superseded() > 0) {
            sentence.append(' ')
                    .append(texts.of("resend.superseded", formats.count(done.superseded())));
        }
        if (done.left() > 0) {
            sentence.append(' ').append(texts.of("resend.left", formats.count(done.left())));
        }
        return new Preview(
                sentence.toString(),
                texts.of("destinations.why"),
                rows,
                chosen,
                done.resent() == 0 ? "" : texts.of("resend.do", formats.count(done.resent())));
    }

    void resend(Visit visit) {
        withHearer(visit, hearer(visit), hearer -> resend(visit, hearer));
    }

    private static void resend(Visit visit, Hearer hearer) {
        var chosen = chosen(visit::form, FROM, TO, HTTP_STATUS, NOTE);
        if (Resend.filter(hearer.address(), asked(visit, chosen))
                instanceof Resend.Read.Valid(var filter)) {
            var done = new Resend(visit.site().context()).run(filter, false, visit.by());
            var said = new LinkedHashMap<String, String>();
            said.put("resent", Integer.toString(done.resent()));
            said.put("superseded", Integer.toString(done.superseded()));
            said.put("left", Long.toString(done.left()));
            visit.goTo(path(hearer, "resend", said));
        } else {
            visit.goTo(path(hearer, "resend", chosen));
        }
    }

    void showBackfill(Visit visit) {
        withHearer(visit, late(visit), hearer -> showBackfill(visit, hearer));
    }

    private static void showBackfill(Visit visit, Hearer hearer) {
        var chosen = chosen(visit::param, FROM, TO, CURSOR);
        boolean isAsked = !visit.param(FROM).isEmpty() || !visit.param(TO).isEmpty();
        if (!isAsked) {
            chosen.put(FROM, today(visit).minusDays(BACKFILL_DAYS - 1).toString());
            chosen.put(TO, today(visit).toString());
        }
        var fields = List.of(date(visit, FROM, chosen), date(visit, TO, chosen));
        var problem = "";
        Preview preview = null;
        switch (Backfill.period(asked(visit, chosen))) {
            case Backfill.Read.Invalid(var problems) -> problem = sentence(problems);
            case Backfill.Read.Valid period ->
                    preview =
                            preview(
                                    visit,
                                    chosen,
                                    new Backfill(visit.site().context())
                                            .run(connected(hearer), period, true, visit.by()));
        }
        show(
                visit,
                hearer,
                "backfill",
                fields,
                problem,
                done(visit, visit.texts(), "backfill.done", "told"),
                preview);
    }

    private static Destination connected(Hearer hearer) {
        return Optional.ofNullable(hearer.connected()).orElseThrow();
    }

    private static Preview preview(Visit visit, Map<String, String> chosen, Backfill.Done done) {
        var texts = visit.texts();
        var formats = visit.formats();
        var rows =
                done.untold().stream()
                        .map(why ->
                                new WishPage.Row(
                                        texts.orElse("untold." + why.why(), why.why()),
                                        why.message(),
                                        formats.count(why.count())))
                        .toList();
        var sentence =
                texts.of(
                        "backfill.preview",
                        formats.count(done.matched()),
                        formats.count(done.told()));
        return new Preview(
                done.next() == null
                        ? sentence
                        : sentence
                                + ' '
                                + texts.of("backfill.more", formats.count(Backfill.ITEMS_MAX)),
                texts.of("backfill.untold"),
                rows,
                chosen,
                done.told() == 0 && done.next() == null
                        ? ""
                        : texts.of("backfill.do", formats.count(done.told())));
    }

    void backfill(Visit visit) {
        withHearer(visit, late(visit), hearer -> backfill(visit, hearer));
    }

    private static void backfill(Visit visit, Hearer hearer) {
        var chosen = chosen(visit::form, FROM, TO, CURSOR);
        if (Backfill.period(asked(visit, chosen)) instanceof Backfill.Read.Valid period) {
            var done =
                    new Backfill(visit.site().context())
                            .run(connected(hearer), period, false, visit.by());
            var next = done.next();
            // What comes after the conversions of one call is looked at next.
            chosen.put(CURSOR, next == null ? "" : next);
            chosen.put("told", Integer.toString(done.told()));
        }
        visit.goTo(path(hearer, "backfill", chosen));
    }

    private static void show(
            Visit visit,
            Hearer hearer,
            String wish,
            List<FormField> fields,
            String problem,
            String done,
            @Nullable Preview preview) {
        var texts = visit.texts();
        var title = texts.of(wish + ".title");
        visit.show(
                problem.isEmpty() ? 200 : 422,
                visit.site()
                        .templates()
                        .wish(
                                new WishPage(
                                        visit.frame(title, Section.DESTINATIONS),
                                        title,
                                        texts.of(wish + ".text"),
                                        hearer.name(),
                                        "/destinations/" + Visit.encode(hearer.key()),
                                        path(hearer, wish, Map.of()),
                                        fields,
                                        problem,
                                        done,
                                        preview)));
    }

    private static Map<String, String> chosen(UnaryOperator<String> values, String... names) {
        var chosen = new LinkedHashMap<String, String>();
        for (var name : names) {
            chosen.put(name, values.apply(name));
        }
        return chosen;
    }

    /// In the words of a list: there the end of a period is outside of it, here it is its last day.
    private static Map<String, String> asked(Visit visit, Map<String, String> chosen) {
        var asked = new LinkedHashMap<>(chosen);
        asked.put(TO, dayAfter(chosen.getOrDefault(TO, "")));
        asked.put("tz", visit.formats().zone().getId());
        asked.values().removeIf(String::isEmpty);
        return asked;
    }

    private static String dayAfter(String day) {
        try {
            return day.isEmpty() ? "" : LocalDate.parse(day).plusDays(1).toString();
        } catch (DateTimeException _) {
            // Said so by whoever reads it next.
            return day;
        }
    }

    private static LocalDate today(Visit visit) {
        return Instant.ofEpochMilli(visit.formats().now())
                .atZone(visit.formats().zone())
                .toLocalDate();
    }

    private static String sentence(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.parameter() + ": " + problem.message())
                .collect(Collectors.joining("; "));
    }

    /// What was done, by the numbers in the page's address; empty when any is not there.
    private static String done(Visit visit, Texts texts, String key, String... names) {
        var numbers = new ArrayList<String>();
        for (var name : names) {
            var number = visit.param(name);
            if (!number.matches("[0-9]{1,12}")) {
                return "";
            }
            numbers.add(visit.formats().count(Long.parseLong(number)));
        }
        return texts.of(key, numbers.toArray());
    }

    private static FormField date(Visit visit, String name, Map<String, String> chosen) {
        return field(visit, name, chosen, "date");
    }

    private static FormField text(Visit visit, String name, Map<String, String> chosen) {
        return field(visit, name, chosen, "text");
    }

    private static FormField field(
            Visit visit, String name, Map<String, String> chosen, String type) {
        return new FormField.Text(
                name,
                visit.texts().of("wish." + name),
                chosen.getOrDefault(name, ""),
                visit.texts().orElse("wish." + name + ".hint", ""),
                "",
                "",
                type,
                false,
                false);
    }

    private static String path(Hearer hearer, String wish, Map<String, String> query) {
        var path = new StringBuilder("/destinations/" + Visit.encode(hearer.key()) + '/' + wish);
        query.forEach((name, value) -> {
            if (!value.isEmpty()) {
                path.append(path.indexOf("?") < 0 ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(Visit.encode(value));
            }
        });
        return path.toString();
    }
}
