package matchback.ingest.visitor;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where an address is and who provides it, by the operator's databases. Without them nothing is
/// told of an address. Safe for use by many threads.
public final class Addresses {
    private static final Logger LOG = LoggerFactory.getLogger(Addresses.class);

    /// Without databases.
    public static final Addresses UNKNOWN = new Addresses(null, null);

    private static final AddressFile.Kind<PlaceRecord> PLACES =
            new AddressFile.Kind<>(
                    PlaceRecord.class,
                    "geo-database",
                    place -> !place.countryCode().isEmpty(),
                    "a country; a city or country database is needed, such as DB-IP's or MaxMind's");

    private static final AddressFile.Kind<ProviderRecord> PROVIDERS =
            new AddressFile.Kind<>(
                    ProviderRecord.class,
                    "isp-database",
                    provider -> !provider.name().isEmpty() || !provider.asn().isEmpty(),
                    "a provider; an ISP or ASN database is needed, such as DB-IP's or MaxMind's");

    private final @Nullable AddressFile<PlaceRecord> places;
    private final @Nullable AddressFile<ProviderRecord> providers;

    private Addresses(
            @Nullable AddressFile<PlaceRecord> places,
            @Nullable AddressFile<ProviderRecord> providers) {
        this.places = places;
        this.providers = providers;
    }

    /// Opens databases; throws [UnusableFile] for one that cannot be used.
    ///
    /// @param copies folder of ours, where what is read is kept
    public static Addresses open(Optional<Path> places, Optional<Path> providers, Path copies) {
        return new Addresses(
                places.map(file -> new AddressFile<>(file, copies, PLACES)).orElse(null),
                providers.map(file -> new AddressFile<>(file, copies, PROVIDERS)).orElse(null));
    }

    /// Adds `country`, `region`, `city`, `isp` and `asn` where they are known.
    void tell(InetAddress address, Map<String, String> traits) {
        if (places != null) {
            places.at(address)
                    .ifPresent(place -> {
                        put(traits, "country", place.countryCode());
                        put(traits, "region", place.region());
                        put(traits, "city", place.cityName());
                    });
        }
        if (providers != null) {
            providers
                    .at(address)
                    .ifPresent(provider -> {
                        put(traits, "isp", provider.name());
                        put(traits, "asn", provider.asn());
                    });
        }
    }

    private static void put(Map<String, String> traits, String name, String value) {
        if (!value.isEmpty()) {
            traits.put(name, value);
        }
    }

    /// Reads the files again; one that cannot be used is told of in the log, and what was read of
    /// it before is kept.
    public void renew() {
        for (var file : files()) {
            try {
                file.renew();
                LOG.info("address database read {}", line(file));
            } catch (UnusableFile e) {
                LOG.warn("address database kept cause=\"{}\"", e.getMessage());
            }
        }
    }

    /// The databases in use, one line each.
    public List<String> about() {
        return files().stream().map(Addresses::line).toList();
    }

    private static String line(AddressFile<?> file) {
        var about = file.about();
        return "file=%s type=%s built=%s"
                .formatted(file.path(), about.databaseType(), about.buildTime());
    }

    private List<AddressFile<?>> files() {
        var files = new ArrayList<AddressFile<?>>(2);
        if (places != null) {
            files.add(places);
        }
        if (providers != null) {
            files.add(providers);
        }
        return files;
    }
}
