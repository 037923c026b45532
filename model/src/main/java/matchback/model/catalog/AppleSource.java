package matchback.model.catalog;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import matchback.model.apple.ApplePostback;
import org.jspecify.annotations.Nullable;

/// Which campaign a source identifier stands for.
///
/// @param network id of the ad network; null: any, because most advertisers number them alike
/// @param identifier 1 to 4 digits; leading zeros matter
/// @param campaign key of the campaign
public record AppleSource(@Nullable String network, String identifier, String campaign) {

    /// Apple never tells fewer digits.
    private static final int SHARED_MIN = 2;

    /// What a postback's source identifier leads to.
    public sealed interface Finding {
        /// @param by the entry's identifier
        record Known(String campaign, String by) implements Finding {}

        /// As many digits of several entries are told, and they are different campaigns.
        ///
        /// @param campaigns keys of all of them
        record Ambiguous(List<String> campaigns) implements Finding {}

        record Unknown() implements Finding {}
    }

    /// Finds the campaign of a postback. Apple tells the last 2, 3 or 4 digits of the identifier
    /// that the ad was signed with, so `39` may be `5239`: the entry with the most digits in common
    /// at the end wins. Entries of the postback's own network stand before those of any.
    public static Finding find(List<AppleSource> sources, ApplePostback postback) {
        var own = sources.stream().filter(s -> postback.network().equals(s.network())).toList();
        var found = among(own, postback);
        return found instanceof Finding.Unknown
                ? among(sources.stream().filter(s -> s.network() == null).toList(), postback)
                : found;
    }

    private static Finding among(List<AppleSource> sources, ApplePostback postback) {
        int most = SHARED_MIN;
        var best = new ArrayList<AppleSource>();
        for (var source : sources) {
            int digits = source.sharedWith(postback);
            if (digits > most) {
                best.clear();
                most = digits;
            }
            if (digits == most) {
                best.add(source);
            }
        }
        Set<String> campaigns = new LinkedHashSet<>();
        best.forEach(source -> campaigns.add(source.campaign()));
        return switch (campaigns.size()) {
            case 0 -> new Finding.Unknown();
            case 1 -> new Finding.Known(best.getFirst().campaign(), best.getFirst().identifier());
            default -> new Finding.Ambiguous(List.copyOf(campaigns));
        };
    }

    /// How many digits the two have in common; 0 when one is not the end of the other.
    private int sharedWith(ApplePostback postback) {
        var told = postback.sourceIdentifier();
        if (told.equals(identifier)) {
            // More than any that is only an end.
            return Integer.MAX_VALUE;
        }
        boolean isEnd = told.endsWith(identifier) || identifier.endsWith(told);
        return postback.isHierarchical() && isEnd
                ? Math.min(told.length(), identifier.length())
                : 0;
    }
}
