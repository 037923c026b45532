package matchback.console.pages;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import matchback.console.api.Resend;
import matchback.console.pages.Filters.Typed;
import matchback.ledger.Fact.Kind;
import matchback.ledger.state.DeadLetters;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Attempt;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.ledger.state.SubjectState;
import matchback.model.ClickIds;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Destination;
import matchback.model.catalog.TrafficSource;
import matchback.report.Item.DeliveryItem;
import matchback.report.ListQuery;
import matchback.report.Page;

/// The list of deliveries, and the page of one with all its attempts.
final class DeliveryPages {
    private static final String PATH = "/deliveries";
    private static final String STATE = "state";
    private static final String DESTINATION = "destination";
    private static final String ANSWER = "answer";

    /// Choice of age to seconds: the youngest that is shown, and the oldest; 0 for no bound.
    private static final Map<String, List<Long>> AGES = ages();

    private static Map<String, List<Long>> ages() {
        var ages = new LinkedHashMap<String, List<Long>>();
        ages.put("hour", List.of(0L, 3_600L));
        ages.put("day", List.of(0L, 86_400L));
        ages.put("week", List.of(0L, 604_800L));
        ages.put("over_hour", List.of(3_600L, 0L));
        ages.put("over_day", List.of(86_400L, 0L));
        return ages;
    }

    void list(Visit visit) {
        var texts = visit.texts();
        var filters = filters(visit);
        var page = new Page<DeliveryItem>(List.of(), null);
        if (ListQuery.parse(Kind.DELIVERY, asked(visit))
                instanceof ListQuery.Parsed.Valid(var query)) {
            page = visit.site().context().reports().deliveries(query);
        }
        boolean isDead = visit.param(STATE).equals(Progress.DEAD.word());
        boolean isOfOne = !visit.param(DESTINATION).isEmpty();
        visit.show(
                visit.site()
                        .templates()
                        .deliveries(
                                new DeliveriesPage(
                                        visit.frame(texts.of("nav.deliveries"), Section.DELIVERIES),
                                        filters,
                                        page.items().stream()
                                                .map(item -> row(visit, item))
                                                .toList(),
                                        isDead && isOfOne && !page.items().isEmpty()
                                                ? resendHref(visit)
                                                : "",
                                        isDead && !isOfOne && !page.items().isEmpty()
                                                ? texts.of("deliveries.dead_hint")
                                                : "",
                                        Lists.nothing(visit, filters, "deliveries.none"),
                                        Lists.pager(visit, page))));
    }

    private static Filters filters(Visit visit) {
        var texts = visit.texts();
        var states =
                Arrays.stream(Progress.values())
                        .map(p -> Option.of(p.word(), texts.of("word." + p.word())))
                        .toList();
        var hearers = new ArrayList<Option>();
        visit.catalog().all(Destination.class).values().stream()
                .map(destination -> Option.of(destination.address(), destination.name()))
                .forEach(hearers::add);
        visit.catalog().all(TrafficSource.class).values().stream()
                .map(source -> Option.of(source.address(), source.name()))
                .forEach(hearers::add);
        var ages =
                AGES.keySet().stream()
                        .map(age -> Option.of(age, texts.of("deliveries.age_" + age)))
                        .toList();
        return Lists.filters(
                visit,
                PATH,
                List.of(
                        Lists.choice(visit, STATE, "word.state", states),
                        Lists.choice(visit, DESTINATION, "word.destination", hearers),
                        Lists.choice(visit, "age", "deliveries.age", ages),
                        Lists.choice(
                                visit,
                                "campaign",
                                "word.campaign",
                                Options.all(visit, Campaign.class))),
                List.of(
                        new Typed(
                                ANSWER,
                                texts.of("word.last_answer"),
                                visit.param(ANSWER),
                                texts.of("deliveries.answer_hint"))));
    }

    /// What the page's address asks for, in the words of a list.
    private static Map<String, String> asked(Visit visit) {
        var values = new LinkedHashMap<String, String>();
        for (var name : List.of(Lists.SEARCH, Lists.CURSOR, STATE, DESTINATION, "campaign")) {
            values.put(name, visit.param(name));
        }
        values.putAll(answered(visit.param(ANSWER)));
        var age = AGES.get(visit.param("age"));
        if (age != null) {
            values.put("to", ago(visit, age.getFirst()));
            values.put("from", ago(visit, age.getLast()));
        }
        return values;
    }

    private static String ago(Visit visit, long seconds) {
        return seconds == 0
                ? ""
                : Instant.ofEpochMilli(visit.formats().now()).minusSeconds(seconds).toString();
    }

    /// A status, or words of what was said.
    private static Map<String, String> answered(String answer) {
        return answer.matches("[1-5][0-9]{2}|0")
                ? Map.of("httpStatus", answer)
                : Map.of("note", answer);
    }

    private static String resendHref(Visit visit) {
        var key = new Names(visit.catalog()).destinationKey(visit.param(DESTINATION));
        var query = new StringBuilder("/destinations/" + Visit.encode(key) + "/resend");
        answered(visit.param(ANSWER)).entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .forEach(entry ->
                        query.append('?')
                                .append(entry.getKey())
                                .append('=')
                                .append(Visit.encode(entry.getValue())));
        return query.toString();
    }

    private static DeliveryRow row(Visit visit, DeliveryItem item) {
        var names = new Names(visit.catalog());
        var next = item.nextAt();
        long at = item.at().toEpochMilli();
        return new DeliveryRow(
                visit.formats().when(at),
                visit.formats().age(at),
                href(
                        item.clickId().isEmpty() ? item.recordId().toString() : item.clickId(),
                        item.number()),
                names.destination(item.destination()),
                names.destinationHref(item.destination()),
                item.state(),
                visit.formats().count(item.attempts()),
                status(item.httpStatus()),
                visit.formats().sentence(item.detail()),
                next == null ? When.NONE : visit.formats().when(next.toEpochMilli()),
                item.event(),
                item.txid(),
                names.campaign(item.campaign()),
                item.clickId());
    }

    /// @param campaign key of its click's
    static DeliveryRow row(Visit visit, DeliveryState delivery, Subject subject, String campaign) {
        var names = new Names(visit.catalog());
        var last = delivery.attempts().isEmpty() ? null : delivery.attempts().getLast();
        return new DeliveryRow(
                visit.formats().when(delivery.createdAt()),
                visit.formats().age(delivery.createdAt()),
                href(subject.text(), delivery.number()),
                names.destination(delivery.destination()),
                names.destinationHref(delivery.destination()),
                delivery.progress().word(),
                visit.formats().count(delivery.attemptsMade()),
                status(last == null ? 0 : last.httpStatus()),
                last == null ? "" : last.note(),
                delivery.dueAt() == 0 ? When.NONE : visit.formats().when(delivery.dueAt()),
                delivery.values().getOrDefault("event", ""),
                delivery.values().getOrDefault("txid", ""),
                names.campaign(campaign),
                delivery.conversionId().isEmpty() ? "" : subject.text());
    }

    static String href(String subject, int number) {
        return PATH + '/' + Visit.encode(subject) + '/' + number;
    }

    private static String status(long httpStatus) {
        return httpStatus == 0 ? Formats.MISSING : Long.toString(httpStatus);
    }

    private record Named(Subject subject, int number) {}

    private static Optional<Named> named(Visit visit) {
        var number = visit.pathParam("number");
        var text = visit.pathParam("subject");
        // A record id is kept in small letters, a click id in capitals.
        var subject = RecordId.parse(text).map(RecordId::toString).orElse(ClickIds.canonical(text));
        return number.matches("[1-9][0-9]{0,8}")
                        && !subject.isEmpty()
                        && subject.length() <= Subject.CHARS_MAX
                ? Optional.of(new Named(new Subject(subject), Integer.parseInt(number)))
                : Optional.empty();
    }

    void show(Visit visit) {
        var named = named(visit);
        if (named.isPresent()) {
            var subject = named.get().subject();
            try (var snapshot = visit.site().context().ledger().snapshot()) {
                var state = new SubjectState(snapshot.state(subject), subject);
                var delivery = state.delivery(named.get().number());
                if (delivery.isPresent()) {
                    boolean isResendable =
                            DeadLetters.resendable(state, named.get().number()).isPresent();
                    visit.show(
                            visit.site()
                                    .templates()
                                    .delivery(page(visit, delivery.get(), subject, isResendable)));
                    return;
                }
            }
        }
        new Errors(visit.site()).notFound(visit);
    }

    private static DeliveryPage page(
            Visit visit, DeliveryState delivery, Subject subject, boolean isResendable) {
        var texts = visit.texts();
        var names = new Names(visit.catalog());
        var title = texts.of("delivery.title", names.destination(delivery.destination()));
        var state = delivery.progress().word();
        var said = visit.param("said");
        var advice = delivery.progress() == Progress.DEAD && !isResendable ? "superseded" : state;
        return new DeliveryPage(
                visit.frame(title, Section.DELIVERIES),
                title,
                state,
                said.isEmpty() ? "" : texts.orElse("delivery.said." + said, ""),
                texts.orElse("delivery.advice." + advice, ""),
                isResendable ? href(subject.text(), delivery.number()) + "/resend" : "",
                facts(visit, delivery, subject),
                delivery.values().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .filter(value -> !value.getValue().isEmpty())
                        .map(value -> Detail.code(value.getKey(), value.getValue()))
                        .toList(),
                delivery.attempts().reversed().stream()
                        .map(attempt -> attempt(visit, attempt))
                        .toList());
    }

    private static List<Detail> facts(Visit visit, DeliveryState delivery, Subject subject) {
        var texts = visit.texts();
        var names = new Names(visit.catalog());
        var facts = new ArrayList<Detail>();
        facts.add(
                Detail.link(
                        texts.of("word.destination"),
                        names.destination(delivery.destination()),
                        names.destinationHref(delivery.destination())));
        facts.add(
                Detail.plain(
                        texts.of("delivery.moment"),
                        texts.orElse(
                                "destinations.moment." + delivery.moment().word(),
                                delivery.moment().word())));
        facts.add(
                new Detail(
                        texts.of("word.click"),
                        subject.text(),
                        "/clicks/" + Visit.encode(subject.text()),
                        true));
        facts.add(
                new Detail(
                        texts.of("delivery.cause"),
                        delivery.cause().toString(),
                        "/postbacks/" + delivery.cause(),
                        true));
        if (!delivery.eventId().isEmpty()) {
            facts.add(Detail.code(texts.of("delivery.event_id"), delivery.eventId()));
        }
        facts.add(
                Detail.plain(
                        texts.of("delivery.made"),
                        visit.formats().when(delivery.createdAt()).text()
                                + " · "
                                + visit.formats().age(delivery.createdAt())));
        if (delivery.dueAt() != 0) {
            facts.add(
                    Detail.plain(
                            texts.of("word.next_try"),
                            visit.formats().when(delivery.dueAt()).text()
                                    + " · "
                                    + visit.formats().age(delivery.dueAt())));
        }
        return facts;
    }

    private static DeliveryPage.Try attempt(Visit visit, Attempt attempt) {
        return new DeliveryPage.Try(
                Integer.toString(attempt.number()),
                visit.formats().when(attempt.at()),
                attempt.result().name().toLowerCase(Locale.ROOT),
                status(attempt.httpStatus()),
                visit.formats().count(attempt.durationMillis()),
                attempt.note(),
                attempt.url());
    }

    /// Sends one dead letter again.
    void resend(Visit visit) {
        var named = named(visit);
        if (named.isEmpty()) {
            new Errors(visit.site()).notFound(visit);
            return;
        }
        var result =
                new Resend(visit.site().context())
                        .one(named.get().subject(), named.get().number(), visit.by());
        visit.goTo(
                href(named.get().subject().text(), named.get().number())
                        + "?said="
                        + result.name().toLowerCase(Locale.ROOT));
    }
}
