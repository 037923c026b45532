package matchback.console;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A path that a proxy in front has put before all of ours. Routes and pages know nothing of it: it
/// is taken off what comes in, and put before the addresses that go out.
public final class PathPrefix {
    private static final String SEEN = "pathPrefix";

    /// What a user wrote is escaped, and so never a tag.
    private static final Pattern TAG =
            Pattern.compile("<[a-z][a-z0-9-]*+(?:[^\">]++|\"[^\"]*+\")*+>");

    private static final Pattern ADDRESS =
            Pattern.compile(
                    "(?<=\\s)(href|src|action|formaction|hx-get|hx-post|data-stream)=\"(?=/(?!/))");

    private final String prefix;

    /// @param prefix with a slash at its begin and none at its end; empty for none
    public PathPrefix(String prefix) {
        this.prefix = prefix;
    }

    /// Takes it off a request that has it. One without it is served too: the proxy took it off.
    void takeOff(RoutingContext ctx) {
        var uri = ctx.request().uri();
        var rest = uri.startsWith(prefix) ? uri.substring(prefix.length()) : uri;
        boolean isBelow =
                uri.startsWith(prefix)
                        && (rest.isEmpty() || rest.startsWith("/") || rest.startsWith("?"));
        if (prefix.isEmpty()) {
            ctx.next();
        } else if (isBelow && ctx.get(SEEN) == null) {
            ctx.put(SEEN, true);
            // Begins anew, and forgets all handlers that were added so far.
            ctx.reroute(ctx.request().method(), rest.startsWith("/") ? rest : '/' + rest);
        } else {
            ctx.addHeadersEndHandler(_ -> lead(ctx));
            ctx.next();
        }
    }

    private void lead(RoutingContext ctx) {
        var headers = ctx.response().headers();
        var location = headers.get(HttpHeaders.LOCATION);
        if (location != null && location.startsWith("/")) {
            headers.set(HttpHeaders.LOCATION, prefix + location);
        }
    }

    /// A page with all its addresses of ours below the prefix.
    public String putInto(String page) {
        return prefix.isEmpty()
                ? page
                : TAG.matcher(page)
                        .replaceAll(tag ->
                                Matcher.quoteReplacement(
                                        ADDRESS.matcher(tag.group())
                                                .replaceAll(
                                                        "$1=\""
                                                                + Matcher.quoteReplacement(
                                                                        prefix))));
    }
}
