package matchback.console.api;

import java.util.Optional;
import java.util.Set;
import matchback.model.UrlTemplate;
import matchback.model.net.TargetUrl;

/// Checks of URLs that operators give us.
final class Urls {
    private Urls() {}

    /// A URL template with these macros; what is wrong goes into the form.
    static Optional<UrlTemplate> template(Form form, String field, Set<String> macros) {
        return form.text(field, UrlTemplate.CHARS_MAX)
                .flatMap(text ->
                        switch (UrlTemplate.parse(text, macros)) {
                            case UrlTemplate.Parsed.Template(var template) ->
                                    checked(form, field, template);
                            case UrlTemplate.Parsed.Problem(var message) -> {
                                form.problem(
                                        field,
                                        macros.isEmpty() && text.indexOf('{') >= 0
                                                ? "This URL takes no macros"
                                                : message);
                                yield Optional.empty();
                            }
                        });
    }

    private static Optional<UrlTemplate> checked(Form form, String field, UrlTemplate template) {
        return switch (TargetUrl.parse(template.toString())) {
            case TargetUrl.Parsed.Target _ -> Optional.of(template);
            case TargetUrl.Parsed.Problem(var message) -> {
                form.problem(field, message);
                yield Optional.empty();
            }
        };
    }
}
