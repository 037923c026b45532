package matchback.console.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import matchback.model.catalog.Sender;

/// The form of a tracker that was used before.
record OldTrackerForm() implements EntityForm {
    private static final String LAST_DAY = "lastDay";
    private static final String SENDERS = "senders";

    @Override
    public Section section() {
        return Section.OLD_TRACKERS;
    }

    @Override
    public String path() {
        return "old-trackers";
    }

    @Override
    public List<FormPage.Group> groups(Filling filling) {
        var texts = filling.visit().texts();
        var senders = new ArrayList<Option>();
        senders.add(Option.of("", texts.of("old_trackers.all_senders")));
        senders.addAll(Options.inUse(filling.visit(), Sender.class));
        var fields = new ArrayList<FormField>(filling.naming());
        fields.add(
                new FormField.Text(
                        "url",
                        texts.of("old_trackers.url"),
                        filling.text("url"),
                        texts.of("old_trackers.url_hint"),
                        filling.error("url"),
                        "https://old-tracker.example/postback",
                        "text",
                        true,
                        true));
        fields.add(
                new FormField.Text(
                        LAST_DAY,
                        filling.label(LAST_DAY),
                        filling.text(LAST_DAY),
                        filling.hint(LAST_DAY),
                        filling.error(LAST_DAY),
                        "",
                        "date",
                        false,
                        true));
        fields.add(
                new FormField.Choice(
                        SENDERS,
                        filling.label(SENDERS),
                        filling.document().path(SENDERS).path(0).asText(""),
                        senders,
                        filling.hint(SENDERS),
                        filling.errorWithin(SENDERS)));
        return List.of(new FormPage.Group(texts.of("old_trackers.group"), "", fields));
    }

    /// The form shows one sender; of several, given by the API, the others stay with it.
    @Override
    public void read(Visit visit, ObjectNode document) {
        Documents.putText(visit, document, "name", "url", LAST_DAY);
        var chosen = visit.form(SENDERS);
        var before = document.path(SENDERS);
        if (!before.path(0).asText("").equals(chosen)) {
            var senders = document.putArray(SENDERS);
            if (!chosen.isEmpty()) {
                senders.add(chosen);
            }
        }
    }
}
