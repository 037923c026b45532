package matchback.deliver.platform;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Countries and US states by their names.
final class Places {
    private static final Map<String, String> COUNTRIES = countries();

    /// USPS Publication 28, appendix B, without the military ones.
    private static final String US_STATES =
            """
            al alabama ak alaska az arizona ar arkansas ca california co colorado ct connecticut
            de delaware dc districtofcolumbia fl florida ga georgia hi hawaii id idaho il illinois
            in indiana ia iowa ks kansas ky kentucky la louisiana me maine md maryland
            ma massachusetts mi michigan mn minnesota ms mississippi mo missouri mt montana
            ne nebraska nv nevada nh newhampshire nj newjersey nm newmexico ny newyork
            nc northcarolina nd northdakota oh ohio ok oklahoma or oregon pa pennsylvania
            ri rhodeisland sc southcarolina sd southdakota tn tennessee tx texas ut utah vt vermont
            va virginia wa washington wv westvirginia wi wisconsin wy wyoming pr puertorico\
            """;

    private static final Map<String, String> STATES = states();

    private Places() {}

    /// The alpha-2 code of ISO 3166-1 in lower case, of a code or an English name.
    static Optional<String> country(String text) {
        return Optional.ofNullable(COUNTRIES.get(squeezed(text)));
    }

    /// The two letters of a state's name.
    ///
    /// @param squeezed letters in lower case, nothing else
    static Optional<String> usState(String squeezed) {
        return Optional.ofNullable(STATES.get(squeezed));
    }

    private static Map<String, String> countries() {
        var known = new HashMap<String, String>();
        for (var code : Locale.getISOCountries()) {
            var country = Locale.of("", code);
            var lower = code.toLowerCase(Locale.ROOT);
            known.put(lower, lower);
            known.put(squeezed(country.getISO3Country()), lower);
            known.put(squeezed(country.getDisplayCountry(Locale.ENGLISH)), lower);
        }
        known.put("uk", "gb");
        known.put("greatbritain", "gb");
        known.put("england", "gb");
        known.put("unitedstatesofamerica", "us");
        return Map.copyOf(known);
    }

    private static Map<String, String> states() {
        var known = new HashMap<String, String>();
        var words = US_STATES.split("\\s+", -1);
        for (int i = 0; i < words.length; i += 2) {
            known.put(words[i + 1], words[i]);
        }
        return Map.copyOf(known);
    }

    private static String squeezed(String text) {
        var letters = new StringBuilder(text.length());
        text.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetter)
                .forEach(letters::appendCodePoint);
        return letters.toString();
    }
}
