package matchback.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import matchback.console.templates.Template;

/// The postback URLs of whoever sends one for each kind of report.
final class PostbackUrls {
    private PostbackUrls() {}

    static ObjectNode schema() {
        return Schema.list(
                "One for each kind of report; empty where one URL reports all",
                Schema.object(
                        "A postback URL",
                        List.of(
                                FieldSpec.required(
                                        "template",
                                        Schema.text("By which a test of it is asked for")),
                                FieldSpec.required("report", Schema.text("What it reports")),
                                FieldSpec.required(
                                        "url", Schema.text("The URL with its macros")))));
    }

    /// @param url of one of the template's reports
    static void write(Template template, Function<Template, String> url, ArrayNode into) {
        if (template.partner() == null) {
            return;
        }
        for (var report : template.reports()) {
            into.addObject()
                    .put("template", report.key())
                    .put("report", report.report())
                    .put("url", url.apply(report));
        }
    }
}
