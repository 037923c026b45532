package matchback.validate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import matchback.model.FraudCheck;

/// A transaction id that was another click's, written a little differently. The same one as it was
/// is a duplicate by the rules and comes no further.
final class TransactionProbe implements Probe {
    private static final int KEPT_MAX = 200_000;

    /// Shorter ones are numbers that may well come again in another form.
    private static final int CHARS_MIN = 6;

    private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{N}]");
    private static final Pattern LEADING_ZEROS = Pattern.compile("^0+");

    private final Map<String, String> owners =
            new LinkedHashMap<>(64, 0.75f, false) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                    return size() > KEPT_MAX;
                }
            };

    @Override
    public boolean judgesFurther() {
        return true;
    }

    @Override
    public void look(Seen now, Cohort cohort, Findings findings) {
        var conversion = now.conversion();
        var bare = SEPARATORS.matcher(conversion.txid()).replaceAll("").toLowerCase(Locale.ROOT);
        bare = LEADING_ZEROS.matcher(bare).replaceAll("");
        if (bare.length() < CHARS_MIN) {
            return;
        }
        var said = conversion.click().text() + '\0' + conversion.txid();
        var before = owners.putIfAbsent(conversion.sender() + '\0' + bare, said);
        if (before == null) {
            return;
        }
        var other = before.split("\0", 2);
        if (!other[0].equals(conversion.click().text()) && !other[1].equals(conversion.txid())) {
            findings.suspect(
                    List.of(now),
                    FraudCheck.TRANSACTION,
                    String.format(
                            Locale.ROOT,
                            "its txid differs from another click's only in its writing: that one was '%s'",
                            other[1]));
        }
    }
}
