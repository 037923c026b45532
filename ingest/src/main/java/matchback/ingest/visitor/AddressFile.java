package matchback.ingest.visitor;

import com.maxmind.db.CHMCache;
import com.maxmind.db.DeserializationException;
import com.maxmind.db.InvalidDatabaseException;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Metadata;
import com.maxmind.db.NetworksIterationException;
import com.maxmind.db.Reader;
import java.io.File;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A database in MaxMind's format (https://maxmind.github.io/MaxMind-DB/): what is known of an
/// address, by its network.
///
/// What is read is a copy, mapped into memory: the operator may replace the file in whatever way,
/// and a look-up never meets half of one. Safe for use by many threads; a look-up takes some
/// microseconds and no disk once the pages are warm.
///
/// @param <R> what a record holds
final class AddressFile<R> {
    /// Networks looked at to tell whether a file is of the right kind.
    private static final int PROBES_MAX = 2000;

    private static final Logger LOG = LoggerFactory.getLogger(AddressFile.class);
    private static final int IPV4_ONLY = 4;

    /// Parts of records, such as countries and cities, that are kept as they were read.
    private static final int CACHED_MAX = 16_384;

    private final AtomicBoolean complained = new AtomicBoolean();
    private final Path file;
    private final Path copy;
    private final Kind<R> kind;
    private volatile Reader reader;

    /// What the records of a file must be.
    ///
    /// @param setting that points to the file
    /// @param isOfKind whether a record says what files of the kind are for
    /// @param expected in words
    record Kind<R>(Class<R> records, String setting, Predicate<R> isOfKind, String expected) {}

    /// @param copies folder of ours
    AddressFile(Path file, Path copies, Kind<R> kind) {
        this.file = file;
        this.copy = copies.resolve(kind.setting() + ".mmdb");
        this.kind = kind;
        this.reader = open();
    }

    /// Reads the file again. Throws [UnusableFile] and leaves everything as it is when it cannot be
    /// used.
    void renew() {
        reader = open();
        complained.set(false);
    }

    /// The earlier copy stays mapped until nobody reads it any more.
    private Reader open() {
        try {
            Files.createDirectories(copy.getParent());
            var fresh = Files.createTempFile(copy.getParent(), kind.setting(), ".new");
            try {
                Files.copy(file, fresh, StandardCopyOption.REPLACE_EXISTING);
                check(fresh.toFile());
                Files.move(fresh, copy, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
            return new Reader(copy.toFile(), new CHMCache(CACHED_MAX));
        } catch (InvalidDatabaseException e) {
            throw new UnusableFile(
                    "%s: %s is no database in MaxMind's format (.mmdb), or only a part of one"
                            .formatted(kind.setting(), file),
                    e);
        } catch (IOException
                | InvalidNetworkException
                | NetworksIterationException
                | DeserializationException e) {
            throw new UnusableFile(
                    "%s: cannot read %s: %s".formatted(kind.setting(), file, UnusableFile.cause(e)),
                    e);
        }
    }

    private void check(File fresh) throws IOException, InvalidNetworkException {
        try (var opened = new Reader(fresh)) {
            var networks = opened.networks(kind.records());
            for (int i = 0; i < PROBES_MAX && networks.hasNext(); i++) {
                if (kind.isOfKind().test(networks.next().data())) {
                    return;
                }
            }
            throw new UnusableFile(
                    "%s: %s is a database of type %s, in which nothing tells %s"
                            .formatted(
                                    kind.setting(),
                                    file,
                                    opened.getMetadata().databaseType(),
                                    kind.expected()));
        }
    }

    /// A record that cannot be read counts as none: a visitor is not kept for it.
    Optional<R> at(InetAddress address) {
        var opened = reader;
        if (address instanceof Inet6Address && opened.getMetadata().ipVersion() == IPV4_ONLY) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(opened.get(address, kind.records()));
        } catch (IOException | DeserializationException e) {
            if (complained.compareAndSet(false, true)) {
                LOG.warn("record not read file={} cause=\"{}\"", file, UnusableFile.cause(e));
            }
            return Optional.empty();
        }
    }

    Path path() {
        return file;
    }

    Metadata about() {
        return reader.getMetadata();
    }
}
