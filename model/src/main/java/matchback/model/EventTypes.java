package matchback.model;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Event types (lead, sale, install, deposit ...): which words are known without any mapping.
public final class EventTypes {
    /// The type of a report that names none.
    public static final String DEFAULT = "sale";

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_]{0,39}");

    private static final Set<String> KNOWN =
            Set.of(
                    "sale",
                    "conversion",
                    "lead",
                    "install",
                    "registration",
                    "signup",
                    "deposit",
                    "ftd",
                    "purchase",
                    "order",
                    "rebill",
                    "upsell",
                    "trial",
                    "subscription",
                    "subscribe",
                    "add_to_cart",
                    "checkout",
                    "initiate_checkout",
                    "complete_registration",
                    "view_content",
                    "call",
                    "app_open",
                    "quote",
                    "kyc",
                    "bet");

    private EventTypes() {}

    /// The type a word stands for when the sender maps nothing: letters in lower case, spaces and
    /// hyphens as underscores; empty when the word is not known.
    public static Optional<String> ofWord(String word) {
        var type = word.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
        if (KNOWN.contains(type)) {
            return Optional.of(type);
        }
        var squeezed = type.replace("_", "");
        return KNOWN.stream().filter(known -> known.replace("_", "").equals(squeezed)).findFirst();
    }

    /// Whether an operator may name a type so: 1 to 40 of a-z, 0-9 and underscore.
    public static boolean isWellFormed(String type) {
        return FORM.matcher(type).matches();
    }
}
