package matchback.console.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import matchback.console.pages.FormField.Pair;
import matchback.console.pages.FormField.Pairs;
import matchback.model.catalog.TrafficSource;

/// The form of a traffic source.
record SourceForm() implements EntityForm {
    private static final String PARAMETERS = "parameters";
    private static final int SUBS_SHOWN = 10;
    private static final List<String> FIELDS = fields();

    private static List<String> fields() {
        var fields =
                new ArrayList<>(
                        List.of(
                                TrafficSource.EXTERNAL_ID,
                                TrafficSource.COST,
                                TrafficSource.CREATIVE));
        for (int i = 1; i <= SUBS_SHOWN; i++) {
            fields.add("sub" + i);
        }
        return List.copyOf(fields);
    }

    @Override
    public Section section() {
        return Section.SOURCES;
    }

    @Override
    public String path() {
        return "traffic-sources";
    }

    @Override
    public List<FormPage.Group> groups(Filling filling) {
        var texts = filling.visit().texts();
        var parameters = filling.document().path(PARAMETERS);
        var pairs =
                FIELDS.stream()
                        .map(name ->
                                new Pair(
                                        name,
                                        name,
                                        parameters.path(name).asText(""),
                                        filling.error(PARAMETERS + '.' + name)))
                        .toList();
        return List.of(
                new FormPage.Group(texts.of("sources.group"), "", filling.naming()),
                new FormPage.Group(
                        texts.of("sources.tell_group"),
                        "",
                        List.of(filling.text("postbackUrl", true, false))),
                new FormPage.Group(
                        texts.of("sources.parameters_group"),
                        "",
                        List.of(
                                new Pairs(
                                        PARAMETERS,
                                        texts.of("sources.parameters"),
                                        texts.of("sources.parameters_hint"),
                                        pairs))));
    }

    @Override
    public void read(Visit visit, ObjectNode document) {
        Documents.putText(visit, document, "name", "postbackUrl");
        Documents.putPairs(visit, document, PARAMETERS, FIELDS);
    }
}
