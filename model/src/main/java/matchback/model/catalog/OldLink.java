package matchback.model.catalog;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import matchback.model.Params;

/// A tracking link of another tracker, as far as it names a campaign there: its path, and for Binom
/// (docs.binom.org, `/click.php?key=…` and `/click?key=…`) the key, which shares a path with all
/// others. Voluum and RedTrack have an id as the path, Keitaro an alias of the operator's choice.
///
/// @param text the one form in which it is kept and looked up, such as `/7f2b5a5e-…` or
///   `/click.php?key=abc`
public record OldLink(String text) {
    /// Longest text.
    public static final int CHARS_MAX = 200;

    /// Links of one campaign.
    public static final int COUNT_MAX = 1000;

    private static final Set<String> KEYED = Set.of("/click.php", "/click");
    private static final String KEY = "key";
    private static final Pattern HOST = Pattern.compile("(?i)(?:https?:)?//[^/?#]+");
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~!$'()*+,;:@%/-]*");

    /// Paths that are served for something else, and all below those that end with a slash.
    private static final List<String> RESERVED =
            List.of(
                    "/c/",
                    "/postback/",
                    "/pixel.gif",
                    "/pixel.html",
                    "/m.js",
                    "/e/",
                    "/o/",
                    "/r/",
                    "/.well-known/",
                    "/robots.txt",
                    "/favicon.ico",
                    "/pb",
                    "/cf/",
                    "/tracking202/");

    private static final Pattern POSTBACK_WITH_KEY = Pattern.compile("/[^/]+/postback");

    /// A link as somebody wrote it, or what is wrong with it.
    public sealed interface Parsed {
        record Link(OldLink link) implements Parsed {}

        /// @param message one sentence without a full stop
        record Problem(String message) implements Parsed {}
    }

    /// Reads a whole URL or a path; the host and all parameters but Binom's key are left out.
    public static Parsed parse(String written) {
        var text = HOST.matcher(written.strip()).replaceFirst("");
        int end = text.indexOf('#');
        text = end < 0 ? text : text.substring(0, end);
        int mark = text.indexOf('?');
        var path = mark < 0 ? text : text.substring(0, mark);
        var query = mark < 0 ? "" : text.substring(mark + 1);
        if (path.isEmpty()) {
            path = "/";
        }
        if (!PATH.matcher(path).matches()) {
            return new Parsed.Problem(
                    "A link is a URL, or its path with a slash in front, without spaces or braces"
                            + " before the question mark");
        }
        if (isReserved(withoutSlash(path))) {
            return new Parsed.Problem("The path " + path + " is served for something else");
        }
        var link = of(path, query);
        if (link.isEmpty()) {
            return new Parsed.Problem("Of " + path + " the parameter key is needed too");
        }
        return link.get().text().length() <= CHARS_MAX
                ? new Parsed.Link(link.get())
                : new Parsed.Problem(
                        link.get().text().length() + " characters; at most " + CHARS_MAX);
    }

    private static boolean isReserved(String path) {
        return POSTBACK_WITH_KEY.matcher(path).matches()
                || RESERVED.stream()
                        .anyMatch(reserved ->
                                reserved.endsWith("/")
                                        ? (path + '/').startsWith(reserved)
                                        : path.equals(reserved));
    }

    /// The link that a request would be for; empty when it lacks the key that its path asks for.
    public static Optional<OldLink> of(String path, String query) {
        var plain = withoutSlash(path);
        if (!KEYED.contains(plain)) {
            return Optional.of(new OldLink(plain));
        }
        var key = Params.ofQuery(query).first(KEY);
        return key.isBlank()
                ? Optional.empty()
                : Optional.of(new OldLink(plain + '?' + KEY + '=' + key.strip()));
    }

    /// Whether a path could be another tracker's link: one word, or Binom's.
    public static boolean isLikely(String path) {
        boolean isOneWord = path.length() > 1 && path.indexOf('/', 1) < 0 && path.indexOf('.') < 0;
        return isOneWord || KEYED.contains(path);
    }

    /// The parameters that belong to the visitor and not to the link.
    public static Params withoutKey(String path, Params params) {
        return KEYED.contains(withoutSlash(path)) ? params.only(name -> !name.equals(KEY)) : params;
    }

    private static String withoutSlash(String path) {
        return path.length() > 1 && path.endsWith("/")
                ? path.substring(0, path.length() - 1)
                : path;
    }
}
