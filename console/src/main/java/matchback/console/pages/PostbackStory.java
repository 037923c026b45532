package matchback.console.pages;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import matchback.console.api.PostbackFinder;
import matchback.console.api.PostbackFinder.Found;
import matchback.console.api.Reviews;
import matchback.console.pages.PostbackPage.Taken;
import matchback.console.pages.PostbackPage.Warning;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Outcome;
import matchback.ledger.PersonalBlock;
import matchback.ledger.state.ReportState;
import matchback.ledger.state.ReviewState;
import matchback.model.Field;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.apple.AppleReport;
import org.jspecify.annotations.Nullable;

/// Builds the page of one postback from the ledger.
final class PostbackStory {
    private static final Pattern SECRET =
            Pattern.compile(
                    "((?:^|[?&\\s\"])(?:"
                            + Arrays.stream(Field.values())
                                    .filter(Field::isSecret)
                                    .flatMap(field -> field.names().stream())
                                    .map(Pattern::quote)
                                    .collect(Collectors.joining("|"))
                            + ")(?:=|\"\\s*:\\s*\"?))[^&\\s\",}]+",
                    Pattern.CASE_INSENSITIVE);

    void show(Visit visit) {
        show(visit, 200, Map.of());
    }

    /// @param errors of a verdict that was sent, by field
    void show(Visit visit, int status, Map<String, String> errors) {
        RecordId.parse(visit.pathParam("record"))
                .flatMap(record -> new PostbackFinder(visit.site().context()).find(record))
                .ifPresentOrElse(
                        found ->
                                visit.show(
                                        status,
                                        visit.site()
                                                .templates()
                                                .postback(page(visit, found, errors))),
                        () -> new Errors(visit.site()).notFound(visit));
    }

    private static PostbackPage page(Visit visit, Found found, Map<String, String> errors) {
        var texts = visit.texts();
        var story = found.story();
        var report = story.report();
        var outcome = report.outcome();
        var reason = outcome.reason();
        var received = story.received();
        var personal = Optional.ofNullable(story.personal());
        return new PostbackPage(
                visit.frame(texts.of("postback.title"), Section.POSTBACKS),
                report.recordId().toString(),
                visit.formats().when(report.receivedAt()),
                reason.decision().word(),
                reason.code(),
                reason.message(),
                reason.advice(),
                ways(visit, outcome, received),
                outcome.detail(),
                outcome.warnings().stream()
                        .map(w -> new Warning(w.code(), w.message(), w.advice()))
                        .toList(),
                outcome.steps().stream()
                        .map(step -> new Taken(step.kind().code(), step.text()))
                        .toList(),
                facts(visit, report, received, personal.map(PersonalBlock::address).orElse("")),
                received == null
                        ? List.of()
                        : received.params().list().stream()
                                .map(param -> Detail.code(param.name(), param.value()))
                                .toList(),
                personal.map(PostbackStory::request).orElse(""),
                receipt(visit, found),
                deliveries(visit, found),
                outcome.conversionId().isEmpty()
                        ? List.of()
                        : Hearings.of(visit, found.subject(), outcome.conversionId()),
                said(visit, story.review()),
                Reviews.isHeld(reason) ? List.of(review(visit, report, errors)) : List.of());
    }

    /// A rate or an app that is missing is added on its page.
    private static List<Detail> ways(
            Visit visit, Outcome outcome, @Nullable PostbackReceived received) {
        if (outcome.reason() == Reason.UNKNOWN_APP && received != null) {
            var app = AppleReport.of(received.params()).map(report -> report.postback().app());
            return app
                    .map(id ->
                            Detail.link(
                                    visit.texts().of("apple.add_id", Long.toString(id)),
                                    "",
                                    AppleAppForm.adding(id)))
                    .stream()
                    .toList();
        }
        var payout = outcome.payout();
        if (outcome.reason() != Reason.NO_RATE || payout == null) {
            return List.of();
        }
        var currency = payout.currency();
        return List.of(
                Detail.link(
                        visit.texts().of("rates.add_for", currency), "", Rates.adding(currency)));
    }

    private static List<Detail> receipt(Visit visit, Found found) {
        var texts = visit.texts();
        var report = found.story().report();
        return List.of(
                Detail.code(texts.of("postback.record"), report.recordId().toString()),
                Detail.code(
                        texts.of("postback.hash"),
                        HexFormat.of().formatHex(found.story().recordHash())),
                Detail.plain(
                        texts.of("postback.position"),
                        texts.of(
                                "postback.position_value",
                                found.subject().bucket(),
                                visit.formats().count(report.offset()))));
    }

    private static List<DeliveryRow> deliveries(Visit visit, Found found) {
        var story = found.story();
        return story.deliveries().stream()
                .map(delivery ->
                        DeliveryPages.row(
                                visit,
                                delivery,
                                found.subject(),
                                story.report().outcome().campaign()))
                .toList();
    }

    private static List<Detail> said(Visit visit, @Nullable ReviewState said) {
        if (said == null) {
            return List.of();
        }
        var texts = visit.texts();
        var review = said.review();
        var details = new ArrayList<Detail>();
        details.add(
                Detail.plain(
                        texts.of("review.verdict"),
                        texts.of("review." + review.verdict().name().toLowerCase(Locale.ROOT))));
        details.add(Detail.plain(texts.of("review.by"), visit.nameOf(review.by())));
        details.add(
                Detail.plain(
                        texts.of("word.time"), visit.formats().when(review.receivedAt()).title()));
        details.add(Detail.code(texts.of("review.held_as"), said.heldAs().code()));
        if (!review.note().isEmpty()) {
            details.add(Detail.plain(texts.of("review.note"), review.note()));
        }
        return details;
    }

    private static ReviewPanel review(Visit visit, ReportState report, Map<String, String> errors) {
        var reason = report.outcome().reason();
        var needed = new ArrayList<>(ReviewFields.needed(reason));
        needed.add(ReviewFields.NOTE);
        return new ReviewPanel(
                "/postbacks/" + report.recordId() + "/review",
                ReviewFields.fields(visit, needed, errors),
                ReviewFields.fields(visit, ReviewFields.others(reason), errors),
                errors.isEmpty() ? "" : visit.texts().of("form.problems"));
    }

    private static List<Detail> facts(
            Visit visit, ReportState report, @Nullable PostbackReceived received, String address) {
        var texts = visit.texts();
        var names = new Names(visit.catalog());
        var outcome = report.outcome();
        var facts = new ArrayList<Detail>();
        facts.add(
                Detail.plain(
                        texts.of("word.sender"),
                        report.sender().isEmpty()
                                ? texts.of("postback.sender_unknown")
                                : names.sender(report.sender())));
        if (!outcome.clickId().isEmpty()) {
            facts.add(
                    new Detail(
                            texts.of("word.click"), outcome.clickId(), clickHref(outcome), true));
        }
        if (received != null && !received.clickValue().isEmpty()) {
            facts.add(
                    Detail.code(
                            texts.of("postback.found_as", received.clickParameter()),
                            received.clickValue()));
        }
        if (!outcome.campaign().isEmpty()) {
            facts.add(
                    Detail.link(
                            texts.of("word.campaign"),
                            names.campaign(outcome.campaign()),
                            "/campaigns/" + outcome.campaign()));
        }
        if (!outcome.event().isEmpty()) {
            facts.add(Detail.plain(texts.of("word.event"), outcome.event()));
        }
        var status = outcome.status();
        if (status != null) {
            facts.add(Detail.plain(texts.of("word.status"), status.word()));
        }
        var payout = outcome.payout();
        if (payout != null) {
            var cash = visit.formats().cash(payout);
            facts.add(Detail.plain(texts.of("word.payout"), cash.text() + ' ' + cash.currency()));
        }
        if (!outcome.conversionId().isEmpty()) {
            facts.add(
                    new Detail(
                            texts.of("word.conversion"),
                            outcome.conversionId(),
                            clickHref(outcome),
                            true));
        }
        facts.add(Detail.plain(texts.of("word.feed"), report.feed().word()));
        if (!address.isEmpty()) {
            facts.add(Detail.code(texts.of("postback.caller"), address));
        }
        return facts;
    }

    /// Empty without a click.
    private static String clickHref(Outcome outcome) {
        return outcome.clickId().isEmpty() ? "" : "/clicks/" + Visit.encode(outcome.clickId());
    }

    /// The request as it came, secrets masked.
    private static String request(PersonalBlock block) {
        var text = new StringBuilder();
        text.append(block.method()).append(' ').append(block.target()).append('\n');
        block.headers().forEach(header -> text.append(header).append('\n'));
        if (block.body().length > 0) {
            text.append('\n').append(new String(block.body(), StandardCharsets.UTF_8));
        }
        return masked(text.toString());
    }

    static String masked(String request) {
        return SECRET.matcher(request).replaceAll("$1•••");
    }
}
