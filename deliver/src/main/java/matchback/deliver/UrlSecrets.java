package matchback.deliver;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import matchback.model.Percent;

/// Finds what is secret in the URLs that operators type in.
public final class UrlSecrets {
    /// Parameters whose literal values are taken for secrets.
    private static final Pattern SECRET_NAME =
            Pattern.compile(
                    "(?i).*(?:token|secret|passw|pwd|api_?key|access_?key|auth|sign|hash).*|key|sig");

    private static final int SECRET_CHARS_MIN = 4;

    private UrlSecrets() {}

    /// Values that stand in the template itself, under names that secrets have; some destinations
    /// repeat the request in their answer.
    public static List<String> in(String url) {
        var secrets = new ArrayList<String>();
        int query = url.indexOf('?');
        for (var pair : query < 0 ? new String[0] : url.substring(query + 1).split("[&;#]", -1)) {
            int equals = pair.indexOf('=');
            var value = pair.substring(equals + 1);
            if (equals > 0
                    && value.length() >= SECRET_CHARS_MIN
                    && value.indexOf('{') < 0
                    && SECRET_NAME.matcher(pair.substring(0, equals)).matches()) {
                secrets.add(value);
                secrets.add(Percent.decodeLeniently(value));
            }
        }
        return secrets;
    }
}
