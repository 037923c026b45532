package matchback.ingest.visitor;

import com.maxmind.db.MaxMindDbConstructor;
import com.maxmind.db.MaxMindDbParameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A record of a city or country database: the fields we read, by the names of
/// https://dev.maxmind.com/geoip/docs/databases/city-and-country, which others use too.
///
/// @param country where the address is
/// @param subdivisions from the largest to the smallest
/// @param city where the address is
public record PlaceRecord(
        @MaxMindDbParameter(name = "country") @Nullable Country country,
        @MaxMindDbParameter(name = "subdivisions") @Nullable List<Part> subdivisions,
        @MaxMindDbParameter(name = "city") @Nullable City city) {

    @MaxMindDbConstructor
    public PlaceRecord {}

    /// @param iso ISO 3166-1 alpha-2
    public record Country(@MaxMindDbParameter(name = "iso_code") @Nullable String iso) {
        @MaxMindDbConstructor
        public Country {}
    }

    /// @param iso the part of ISO 3166-2 after the country
    public record Part(
            @MaxMindDbParameter(name = "iso_code") @Nullable String iso,
            @MaxMindDbParameter(name = "names") @Nullable Names names) {
        @MaxMindDbConstructor
        public Part {}
    }

    /// @param names by language
    public record City(@MaxMindDbParameter(name = "names") @Nullable Names names) {
        @MaxMindDbConstructor
        public City {}
    }

    /// @param en in English, as reports show it
    public record Names(@MaxMindDbParameter(name = "en") @Nullable String en) {
        @MaxMindDbConstructor
        public Names {}
    }

    String countryCode() {
        return country == null ? "" : orEmpty(country.iso());
    }

    /// The largest part of the country by its English name, else its code.
    String region() {
        if (subdivisions == null || subdivisions.isEmpty()) {
            return "";
        }
        var largest = subdivisions.getFirst();
        var name = name(largest.names());
        return name.isEmpty() ? orEmpty(largest.iso()) : name;
    }

    String cityName() {
        return city == null ? "" : name(city.names());
    }

    private static String name(@Nullable Names names) {
        return names == null ? "" : orEmpty(names.en());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
