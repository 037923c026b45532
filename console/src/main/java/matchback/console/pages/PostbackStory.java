package matchback.console.pages;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import matchback.console.api.Reviews;
import matchback.console.pages.PostbackPage.Warning;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.PersonalBlock;
import matchback.ledger.Snapshot;
import matchback.ledger.Snapshot.Entry;
import matchback.ledger.state.ReportState;
import matchback.ledger.state.ReviewState;
import matchback.ledger.state.SubjectState;
import matchback.model.Field;
import matchback.model.RecordId;
import matchback.model.Subject;
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
        var subjectText = visit.pathParam("subject");
        var record = RecordId.parse(visit.pathParam("record"));
        if (record.isEmpty() || subjectText.length() > Subject.CHARS_MAX) {
            new Errors(visit.site()).notFound(visit);
            return;
        }
        try (var snapshot = visit.site().context().ledger().snapshot()) {
            for (var subject : List.of(new Subject(subjectText), Subject.record(record.get()))) {
                var state = new SubjectState(snapshot.state(subject), subject);
                var report = state.report(record.get());
                if (report.isPresent()) {
                    var entry = snapshot.entry(subject.bucket(), report.get().offset());
                    if (entry.isPresent()) {
                        var found =
                                new Found(
                                        snapshot,
                                        entry.get(),
                                        report.get(),
                                        state.review(record.get()).orElse(null));
                        visit.show(
                                status,
                                visit.site().templates().postback(page(visit, found, errors)));
                        return;
                    }
                }
            }
        }
        new Errors(visit.site()).notFound(visit);
    }

    private record Found(
            Snapshot snapshot, Entry entry, ReportState report, @Nullable ReviewState review) {}

    private static PostbackPage page(Visit visit, Found found, Map<String, String> errors) {
        var texts = visit.texts();
        var report = found.report();
        var entry = found.entry();
        var outcome = report.outcome();
        var reason = outcome.reason();
        var received = entry.event() instanceof PostbackReceived event ? event : null;
        var personal = found.snapshot().personal(report.recordId());
        return new PostbackPage(
                visit.frame(texts.of("postback.title"), Section.POSTBACKS),
                report.recordId().toString(),
                visit.formats().when(report.receivedAt()),
                reason.decision().word(),
                reason.code(),
                reason.message(),
                reason.advice(),
                outcome.detail(),
                outcome.warnings().stream()
                        .map(w -> new Warning(w.code(), w.message(), w.advice()))
                        .toList(),
                facts(visit, report, received, personal.map(PersonalBlock::address).orElse("")),
                received == null
                        ? List.of()
                        : received.params().list().stream()
                                .map(param -> Detail.code(param.name(), param.value()))
                                .toList(),
                personal.map(PostbackStory::request).orElse(""),
                List.of(
                        Detail.code(texts.of("postback.record"), report.recordId().toString()),
                        Detail.code(
                                texts.of("postback.hash"),
                                HexFormat.of().formatHex(entry.recordHash())),
                        Detail.plain(
                                texts.of("postback.position"),
                                texts.of(
                                        "postback.position_value",
                                        entry.bucket(),
                                        visit.formats().count(entry.offset())))),
                said(visit, found.review()),
                Reviews.isHeld(reason) ? List.of(review(visit, entry, report, errors)) : List.of());
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
        details.add(Detail.plain(texts.of("review.by"), review.by()));
        details.add(
                Detail.plain(
                        texts.of("word.time"), visit.formats().when(review.receivedAt()).title()));
        details.add(Detail.code(texts.of("review.held_as"), said.heldAs().code()));
        if (!review.note().isEmpty()) {
            details.add(Detail.plain(texts.of("review.note"), review.note()));
        }
        return details;
    }

    private static ReviewPanel review(
            Visit visit, Entry entry, ReportState report, Map<String, String> errors) {
        var reason = report.outcome().reason();
        var needed = new ArrayList<>(ReviewFields.needed(reason));
        needed.add(ReviewFields.NOTE);
        return new ReviewPanel(
                "/postbacks/"
                        + Visit.encode(entry.event().subject().text())
                        + '/'
                        + report.recordId()
                        + "/review",
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
                            texts.of("word.click"),
                            outcome.clickId(),
                            "/clicks/" + Visit.encode(outcome.clickId()),
                            true));
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
            facts.add(Detail.code(texts.of("word.conversion"), outcome.conversionId()));
        }
        facts.add(Detail.plain(texts.of("word.feed"), report.feed().word()));
        if (!address.isEmpty()) {
            facts.add(Detail.code(texts.of("postback.caller"), address));
        }
        return facts;
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
