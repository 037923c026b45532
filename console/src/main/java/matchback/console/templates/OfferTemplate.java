package matchback.console.templates;

import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import matchback.console.templates.SourceTemplate.Value;

/// The click URL of a measurement partner, for offers that are apps.
///
/// @param key that of the sender's template, where there is one
/// @param checked ISO date on which the sources were read
/// @param confidence as in [Template]
/// @param sources where it was read
/// @param url with our macros, and in angle brackets what differs between accounts
/// @param values what stands in angle brackets
/// @param unconfirmed what stands in the sources without a proof
/// @param note for whoever sets it up; may be empty
/// @param expect where a visitor is sent with the values of the examples: the click `CLICK` on the
///   creative `banner` of the campaign `spring`, from the source `push`, with the subs `s1` to `s3`
public record OfferTemplate(
        String key,
        String name,
        String checked,
        String confidence,
        List<String> sources,
        String url,
        Map<String, Value> values,
        List<String> unconfirmed,
        String note,
        String expect) {

    public OfferTemplate {
        LocalDate.parse(checked);
        sources = List.copyOf(sources);
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        unconfirmed = List.copyOf(unconfirmed);
    }

    /// The URL with the account's values in place of the angle brackets; one that is not given
    /// stays.
    public String url(Map<String, String> given) {
        return SourceTemplate.filled(url, given);
    }

    /// The values of the examples.
    public Map<String, String> examples() {
        return SourceTemplate.examples(values);
    }

    @Override
    public String toString() {
        return key;
    }
}
