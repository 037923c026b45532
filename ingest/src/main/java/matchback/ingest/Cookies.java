package matchback.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the cookies of a request (RFC 6265) and writes ours: first-party on the tracking domain,
/// out of reach of scripts, sent along when a visitor follows a link from another site.
final class Cookies {
    private static final String WHERE = "; Path=/; HttpOnly; SameSite=Lax; Max-Age=";

    private Cookies() {}

    /// The first cookie of a name.
    static Optional<String> value(RequestHeaders headers, String name) {
        return values(headers, name).stream().findFirst();
    }

    /// All of a name: browsers send one for each domain and path that it was set for.
    static List<String> values(RequestHeaders headers, String name) {
        var values = new ArrayList<String>();
        for (var line : headers.all("Cookie")) {
            int at = 0;
            while (at < line.length()) {
                int end = line.indexOf(';', at);
                end = end < 0 ? line.length() : end;
                int equals = line.indexOf('=', at);
                if (equals > 0 && equals < end && line.substring(at, equals).strip().equals(name)) {
                    values.add(line.substring(equals + 1, end).strip());
                }
                at = end + 1;
            }
        }
        return values;
    }

    /// The value of a Set-Cookie header.
    ///
    /// @param value of letters, digits and `._-`
    static String set(String name, String value, long seconds) {
        return name + '=' + value + WHERE + seconds;
    }
}
