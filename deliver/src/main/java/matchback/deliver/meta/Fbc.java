package matchback.deliver.meta;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The values that Meta's browser scripts keep in the cookies `_fbc` and `_fbp`, and the one that
/// is made where no cookie was reported.
///
/// Source:
/// https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/fbp-and-fbc
final class Fbc {
    /// `fb.` subdomain index `.` milliseconds `.` click id, and a part that Meta's parameter
    /// builder hangs on.
    private static final Pattern FBC =
            Pattern.compile(
                    "fb\\.[0-9]\\.([0-9]{13})\\.([A-Za-z0-9_-]{1,1000})(?:\\.[A-Za-z0-9_-]{2,8})?");

    private static final Pattern FBP =
            Pattern.compile("fb\\.[0-9]\\.[0-9]{13}\\.[0-9]{1,20}(?:\\.[A-Za-z0-9_-]{2,8})?");

    /// What a visitor made of it by hand is none, and would spoil a whole batch.
    private static final Pattern FBCLID = Pattern.compile("[A-Za-z0-9_-]{1,1000}");

    /// Where no cookie says how many dots its domain has.
    private static final int INDEX_OF_SERVERS = 1;

    private Fbc() {}

    /// The click of the person as Meta wants to hear of it; empty when there was none.
    ///
    /// @param cookie what the report says stood in `_fbc`; empty for nothing
    /// @param fbclid of the click that converted, byte for byte; empty for none
    /// @param clickedAt of that click
    static String of(String cookie, String fbclid, Optional<Instant> clickedAt) {
        var known = FBC.matcher(cookie);
        boolean isCookie = known.matches();
        if (clickedAt.isEmpty() || !FBCLID.matcher(fbclid).matches()) {
            return isCookie ? cookie : "";
        }
        return isCookie && isOfThisOrLater(known, fbclid, clickedAt.get())
                ? cookie
                : made(fbclid, clickedAt.get());
    }

    /// A cookie may be a leftover of an earlier click: the newer click counts.
    private static boolean isOfThisOrLater(Matcher known, String fbclid, Instant clickedAt) {
        return known.group(2).equals(fbclid)
                || Long.parseLong(known.group(1)) >= clickedAt.toEpochMilli();
    }

    static String made(String fbclid, Instant clickedAt) {
        return "fb." + INDEX_OF_SERVERS + "." + clickedAt.toEpochMilli() + "." + fbclid;
    }

    /// What the report says stood in `_fbp`; empty when it is no such value.
    static String browser(String cookie) {
        return FBP.matcher(cookie).matches() ? cookie : "";
    }
}
