package matchback.console.api;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import matchback.model.Field;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Sender;

/// Hides what proves who called from raw requests that are shown: values of token and signature
/// parameters by all names they have in the catalog, whether the request is a query, a form or
/// JSON, and headers that carry secrets.
public final class Secrets {
    private static final Set<Field> HIDDEN = Set.of(Field.TOKEN, Field.SIGNATURE, Field.NONCE);
    private static final Pattern HEADER =
            Pattern.compile("(?i)((?:authorization|cookie|proxy-authorization|x-api-key)\\s*:).*");

    private final Pattern query;
    private final Pattern json;

    public Secrets(Catalog catalog) {
        var names = new HashSet<String>();
        HIDDEN.forEach(field -> names.addAll(field.names()));
        for (var sender : catalog.all(Sender.class).values()) {
            HIDDEN.stream()
                    .map(field -> sender.parameters().get(field.key()))
                    .filter(name -> name != null)
                    .forEach(names::add);
        }
        var any = names.stream().sorted().map(Pattern::quote).collect(Collectors.joining("|"));
        this.query = Pattern.compile("(?i)((?:^|[?&;])(?:" + any + ")=)[^&;#\\s]*");
        this.json =
                Pattern.compile(
                        "(?i)(\"(?:"
                                + any
                                + ")\"\\s*+:\\s*+)(\"(?:[^\"\\\\]|\\\\.)*+\"?|[^,}\\s\"]++)");
    }

    /// A request target or body.
    public String masked(String text) {
        return json.matcher(query.matcher(text).replaceAll("$1***")).replaceAll("$1\"***\"");
    }

    /// @param header as `name: value`
    public String maskedHeader(String header) {
        return HEADER.matcher(header).replaceAll("$1 ***");
    }
}
