package matchback.client;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the click id where visitors bring it: in the landing page's URL, later in a cookie.
public final class ClickIds {
    /// The cookie a click id is kept in.
    public static final String COOKIE = "mb_clickid";

    /// As long as most offers accept a first conversion, and then some. Browsers may shorten it.
    public static final Duration COOKIE_LASTS = Duration.ofDays(90);

    /// The parameters it may come in, in the order they are tried.
    public static final List<String> PARAMETERS = List.of("clickid", "click_id", "cid", "subid");

    /// What a click id may look like; whether it is one the tracker knows.
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{8,64}");

    private ClickIds() {}

    /// The click id of a URL's query.
    ///
    /// @param query as it stands in the URL, without the question mark; null for none
    public static Optional<String> inQuery(@Nullable String query) {
        return inQuery(query, PARAMETERS);
    }

    /// @param parameters the names it may come under, in the order they are tried
    public static Optional<String> inQuery(@Nullable String query, List<String> parameters) {
        if (query == null) {
            return Optional.empty();
        }
        for (var name : parameters) {
            for (var pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).equals(name)) {
                    var value = decoded(pair.substring(equals + 1));
                    if (SHAPE.matcher(value).matches()) {
                        return Optional.of(value);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /// The click id of a request's `Cookie` header; null for none.
    public static Optional<String> inCookies(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        for (var pair : header.split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).strip().equals(COOKIE)) {
                var value = pair.substring(equals + 1).strip();
                if (SHAPE.matcher(value).matches()) {
                    return Optional.of(value);
                }
            }
        }
        return Optional.empty();
    }

    /// The value of a `Set-Cookie` header that keeps a click id. First-party, and kept from
    /// scripts: only the server needs it.
    ///
    /// @param isSecure whether the page was asked for by https
    public static String setCookie(String clickId, boolean isSecure) {
        if (!SHAPE.matcher(clickId).matches()) {
            throw new IllegalArgumentException("that is no click id");
        }
        return COOKIE
                + "="
                + clickId
                + "; Max-Age="
                + COOKIE_LASTS.toSeconds()
                + "; Path=/; HttpOnly; SameSite=Lax"
                + (isSecure ? "; Secure" : "");
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8).strip();
        } catch (IllegalArgumentException broken) {
            return "";
        }
    }
}
