package matchback.console.pages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.console.ConsoleContext;
import matchback.console.api.BulkReview;
import matchback.console.api.BulkReview.Filter;
import matchback.console.api.BulkReview.State;
import matchback.console.api.FieldProblem;
import matchback.console.api.PostbackFinder;
import matchback.console.api.ReviewForm;
import matchback.console.api.Reviews;
import matchback.ledger.Fact.Kind;
import matchback.ledger.state.ReportState;
import matchback.ledger.state.SubjectState;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Sender;
import matchback.report.Item.PostbackItem;
import matchback.report.ListQuery;
import matchback.report.Page;

/// The queue of held postbacks, and the verdicts on them.
final class HeldPages {
    private static final String PATH = "/held";
    private static final List<String> FILTERS = List.of("reason", "sender", "campaign", "q");

    private final ConsoleContext context;
    private final Reviews reviews;
    private final BulkReview bulk;

    HeldPages(ConsoleContext context) {
        this.context = context;
        this.reviews = new Reviews(context);
        this.bulk = new BulkReview(context);
    }

    void show(Visit visit) {
        show(visit, 200, Map.of());
    }

    private void show(Visit visit, int status, Map<String, String> errors) {
        var texts = visit.texts();
        var filters =
                Lists.filters(
                        visit,
                        PATH,
                        Lists.choice(visit, "reason", "word.reason", reasons()),
                        Lists.choice(
                                visit, "sender", "word.sender", Options.all(visit, Sender.class)),
                        Lists.choice(
                                visit,
                                "campaign",
                                "word.campaign",
                                Options.all(visit, Campaign.class)));
        var page = new Page<PostbackItem>(List.of(), null);
        if (Lists.query(visit, Kind.POSTBACK, filters, Map.of("decision", "held"))
                instanceof ListQuery.Parsed.Valid(var query)) {
            page = context.reports().postbacks(query);
        }
        long count =
                BulkReview.filter(chosen(visit)) instanceof Filter.Valid valid
                        ? bulk.count(valid)
                        : 0;
        visit.show(
                status,
                visit.site()
                        .templates()
                        .held(
                                new HeldPage(
                                        visit.frame(texts.of("nav.held"), Section.HELD),
                                        filters,
                                        rows(visit, page),
                                        visit.formats().count(count),
                                        done(visit),
                                        action(chosen(visit)),
                                        bulkFields(visit, errors),
                                        Lists.nothing(visit, filters, "held.none"),
                                        Lists.pager(visit, page))));
    }

    /// Columns follow the ledger a moment later: what is decided already is left out.
    private List<HeldRow> rows(Visit visit, Page<PostbackItem> page) {
        return page.items().stream()
                .filter(item ->
                        current(subject(item), item.recordId())
                                .filter(report -> Reviews.isHeld(report.outcome().reason()))
                                .isPresent())
                .map(item -> row(visit, item))
                .toList();
    }

    private static HeldRow row(Visit visit, PostbackItem item) {
        var row = Lists.postback(visit, item);
        return new HeldRow(
                row,
                row.href() + "/review",
                Reason.ofCode(item.reason()).flatMap(Reviews::needed).orElse(""));
    }

    private static Subject subject(PostbackItem item) {
        return item.clickId().isEmpty()
                ? Subject.record(item.recordId())
                : new Subject(item.clickId());
    }

    private Optional<ReportState> current(Subject subject, RecordId postback) {
        try (var snapshot = context.ledger().snapshot()) {
            return new SubjectState(snapshot.state(subject), subject).report(postback);
        }
    }

    private static List<Option> reasons() {
        return Arrays.stream(Reason.values())
                .filter(reason -> !reason.isWarning() && Reviews.isHeld(reason))
                .map(reason -> Option.of(reason.code(), reason.code()))
                .toList();
    }

    /// All of one reason can be told what they lack; all of several reasons only a note.
    private static List<FormField> bulkFields(Visit visit, Map<String, String> errors) {
        var names = new ArrayList<String>();
        Reason.ofCode(visit.param("reason")).map(ReviewFields::needed).ifPresent(names::addAll);
        names.add(ReviewFields.NOTE);
        return ReviewFields.fields(visit, names, errors);
    }

    private static String done(Visit visit) {
        var numbers = List.of(visit.param("decided"), visit.param("stay"), visit.param("left"));
        return numbers.stream().allMatch(number -> number.matches("\\d{1,12}"))
                ? visit.texts().of("held.done", numbers.toArray())
                : "";
    }

    private static String action(Map<String, String> chosen) {
        var action = new StringBuilder(PATH + "/review");
        chosen.forEach((name, value) ->
                action.append(action.indexOf("?") < 0 ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(Visit.encode(value)));
        return action.toString();
    }

    private static Map<String, String> chosen(Visit visit) {
        var values = new LinkedHashMap<String, String>();
        FILTERS.forEach(name -> {
            var value = visit.param(name);
            if (!value.isEmpty()) {
                values.put(name, value);
            }
        });
        return values;
    }

    void reviewAll(Visit visit) {
        var read = ReviewForm.read(ReviewFields.body(visit), visit.by());
        var chosen = chosen(visit);
        if (!read.problems().isEmpty()
                || !(BulkReview.filter(chosen) instanceof Filter.Valid filter)) {
            show(visit, 422, errors(read.problems()));
            return;
        }
        var done = bulk.run(filter, read.word(), false);
        visit.site().held().forget();
        var query = new StringBuilder(PATH);
        query.append("?decided=").append(done.count(State.DECIDED));
        query.append("&stay=").append(done.count(State.STILL_HELD));
        query.append("&left=").append(done.left());
        chosen.forEach((name, value) ->
                query.append('&').append(name).append('=').append(Visit.encode(value)));
        visit.goTo(query.toString());
    }

    void review(Visit visit) {
        var record = RecordId.parse(visit.pathParam("record"));
        var found = record.flatMap(id -> new PostbackFinder(context).find(id));
        if (record.isEmpty() || found.isEmpty()) {
            new Errors(visit.site()).notFound(visit);
            return;
        }
        var read = ReviewForm.read(ReviewFields.body(visit), visit.by());
        if (!read.problems().isEmpty()) {
            new PostbackStory().show(visit, 422, errors(read.problems()));
            return;
        }
        var path = "/postbacks/" + record.get();
        switch (reviews.review(found.get().subject(), record.get(), read.word())) {
            case Reviews.Result.Decided _, Reviews.Result.NotHeld _ -> {
                visit.site().held().forget();
                var back = visit.form("back");
                visit.goTo(back.isEmpty() ? path : Visit.ownPath(back));
            }
            case Reviews.Result.StillHeld still ->
                    new PostbackStory().show(visit, 422, Map.of(still.field(), still.message()));
            case Reviews.Result.Missing() -> new Errors(visit.site()).notFound(visit);
        }
    }

    private static Map<String, String> errors(List<FieldProblem> problems) {
        var errors = new LinkedHashMap<String, String>();
        problems.forEach(problem -> errors.putIfAbsent(problem.field(), problem.message()));
        return errors;
    }
}
