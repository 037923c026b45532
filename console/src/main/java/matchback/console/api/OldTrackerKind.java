package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import matchback.model.UrlTemplate;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.OldTracker;
import matchback.model.catalog.Sender;

/// `/old-trackers`
record OldTrackerKind() implements Kind<OldTracker> {
    private static final String SENDERS = "senders";
    private static final String LAST_DAY = "lastDay";
    private static final int SENDERS_MAX = 200;

    @Override
    public String path() {
        return "old-trackers";
    }

    @Override
    public String word() {
        return "old tracker";
    }

    @Override
    public Class<OldTracker> type() {
        return OldTracker.class;
    }

    @Override
    public List<FieldSpec> fields() {
        return List.of(
                FieldSpec.required(
                        "url",
                        Schema.text(
                                "Its postback URL under a host that still leads to it; with a host"
                                        + " alone the path of the report is kept",
                                UrlTemplate.CHARS_MAX)),
                FieldSpec.required(
                        LAST_DAY,
                        Schema.text("Last day on which reports are handed on, in UTC")
                                .put("format", "date")),
                FieldSpec.optional(
                        SENDERS,
                        Schema.list(
                                "Whose reports are handed on; none: everybody's",
                                Schema.text("Key of a sender"))));
    }

    @Override
    public Optional<OldTracker> read(Form form, Draft<OldTracker> draft) {
        if (!form.has("url")) {
            form.problem("url", "The postback URL of the old tracker is expected");
        }
        var url = Urls.template(form, "url", Set.of());
        var lastDay = form.text(LAST_DAY, 10).filter(day -> isDay(form, day));
        if (!form.has(LAST_DAY)) {
            form.problem(LAST_DAY, "The last day is expected, such as 2026-12-31");
        }
        var senders = new ArrayList<String>();
        for (var key : form.list(SENDERS, SENDERS_MAX, 64)) {
            if (draft.catalog().sender(key).filter(sender -> !sender.archived()).isEmpty()) {
                form.problem(
                        SENDERS,
                        "There is no sender \""
                                + key
                                + '"'
                                + Nearest.of(key, draft.catalog().all(Sender.class).keySet())
                                        .map(near -> "; did you mean \"" + near + "\"?")
                                        .orElse(""));
            }
            senders.add(key);
        }
        return url.flatMap(to ->
                lastDay.map(day ->
                        new OldTracker(
                                draft.key(), draft.name(), to.toString(), day, senders, false)));
    }

    private static boolean isDay(Form form, String day) {
        try {
            LocalDate.parse(day);
            return true;
        } catch (DateTimeException _) {
            form.problem(LAST_DAY, "\"" + day + "\" is no day; such as 2026-12-31");
            return false;
        }
    }

    @Override
    public void write(OldTracker tracker, Catalog catalog, String token, ObjectNode node) {
        node.put("url", tracker.url());
        node.put(LAST_DAY, tracker.lastDay());
        var senders = node.putArray(SENDERS);
        tracker.senders().forEach(senders::add);
    }

    @Override
    public List<String> references(String key, Catalog catalog) {
        return List.of();
    }

    @Override
    public OldTracker archived(OldTracker tracker) {
        return new OldTracker(
                tracker.key(),
                tracker.name(),
                tracker.url(),
                tracker.lastDay(),
                tracker.senders(),
                true);
    }
}
