package matchback.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import matchback.model.Percent;

/// Takes tokens and signatures out of what is kept of a raw request; the rest stays as it came.
final class SecretMask {
    private static final String MASK = "***";
    private static final Set<String> SECRET_HEADERS =
            new TreeSet<>(
                    Set.of(
                            "authorization",
                            "proxy-authorization",
                            "cookie",
                            "x-matchback-token",
                            "x-api-key",
                            "matchback-test",
                            "webhook-signature",
                            "svix-signature",
                            "x-hub-signature-256",
                            "stripe-signature"));

    private final Set<String> names;
    private final Pattern inJson;
    private final Pattern inMultipart;

    /// @param names of the parameters that are secret
    SecretMask(Set<String> names) {
        this.names = names;
        var last =
                names.stream()
                        .map(name -> name.substring(name.lastIndexOf('.') + 1))
                        .map(Pattern::quote)
                        .sorted()
                        .collect(Collectors.joining("|"));
        this.inJson =
                Pattern.compile(
                        "(\"(?:"
                                + last
                                + ")\"\\s*+:\\s*+)"
                                + "(?:\"(?:[^\"\\\\]++|\\\\.)*+\"?|\\[[^\\]]*+\\]?|[^,}\\]\\s]++)",
                        Pattern.DOTALL);
        this.inMultipart =
                Pattern.compile(
                        "(name=\"?(?:"
                                + last
                                + ")\"?[^\\r\\n]*+\\r?\\n(?:[^\\r\\n]++\\r?\\n)*+\\r?\\n)"
                                + ".*?(?=\\r?\\n--|\\z)",
                        Pattern.DOTALL);
    }

    static boolean isSecretHeader(String name) {
        return SECRET_HEADERS.contains(name.toLowerCase(Locale.ROOT));
    }

    static String header(String name, String value) {
        return name + ": " + (isSecretHeader(name) ? MASK : value);
    }

    /// @param target path and query, or a query alone behind a question mark
    String target(String target) {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark + 1) + form(target.substring(mark + 1));
    }

    /// Whatever the body turned out to be, a secret in any of its forms is masked.
    byte[] body(byte[] body) {
        if (body.length == 0) {
            return body;
        }
        var text = form(new String(body, StandardCharsets.ISO_8859_1));
        text = inJson.matcher(text).replaceAll("$1\"***\"");
        if (text.contains("name=")) {
            text = inMultipart.matcher(text).replaceAll("$1***");
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String form(String form) {
        var out = new StringBuilder(form.length());
        int from = 0;
        while (from <= form.length()) {
            int end = form.indexOf('&', from);
            end = end < 0 ? form.length() : end;
            int equals = form.indexOf('=', from);
            if (equals >= 0 && equals < end && isSecret(form.substring(from, equals))) {
                out.append(form, from, equals + 1).append(MASK);
            } else {
                out.append(form, from, end);
            }
            if (end < form.length()) {
                out.append('&');
            }
            from = end + 1;
        }
        return out.toString();
    }

    private boolean isSecret(String name) {
        return names.contains(Percent.decode(name, true).text());
    }
}
