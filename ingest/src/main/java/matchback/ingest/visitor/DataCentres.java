package matchback.ingest.visitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Networks in which machines stand and no people sit, by lists the operator points to: files as
/// cloud providers publish them (JSON), or lines of networks and AS numbers (text, CSV by its first
/// column; `#` begins a remark). Addresses of private networks and this machine are in none,
/// whatever the lists say. Safe for use by many threads.
public final class DataCentres {
    private static final Logger LOG = LoggerFactory.getLogger(DataCentres.class);

    /// Without lists.
    public static final DataCentres NONE = new DataCentres(List.of());

    private static final int FILE_BYTES_MAX = 64 << 20;

    private record Lists(AddressRanges networks, Set<String> systems) {}

    private final List<Path> files;
    private volatile Lists lists;

    private DataCentres(List<Path> files) {
        this.files = List.copyOf(files);
        this.lists = read(this.files);
    }

    /// Reads lists; throws [UnusableFile] for one that cannot be used.
    public static DataCentres open(List<Path> files) {
        return files.isEmpty() ? NONE : new DataCentres(files);
    }

    /// Reads the files again; when one cannot be used that is told of in the log, and what was read
    /// before is kept.
    public void renew() {
        try {
            lists = read(files);
            LOG.info("data centres read {}", about());
        } catch (UnusableFile e) {
            LOG.warn("data centres kept cause=\"{}\"", e.getMessage());
        }
    }

    private static Lists read(List<Path> files) {
        var networks = new ArrayList<AddressRanges.Range>();
        var systems = new HashSet<String>();
        for (var file : files) {
            int before = networks.size() + systems.size();
            for (var word : words(file)) {
                if (isSystem(word)) {
                    systems.add(word.toUpperCase(java.util.Locale.ROOT));
                } else {
                    AddressRanges.Range.parse(word).ifPresent(networks::add);
                }
            }
            if (networks.size() + systems.size() == before) {
                throw new UnusableFile(
                        "data-centres: %s names no network such as 192.0.2.0/24 and no AS number such as AS64496"
                                .formatted(file));
            }
        }
        return new Lists(AddressRanges.of(networks), Set.copyOf(systems));
    }

    private static boolean isSystem(String word) {
        return word.length() > 2
                && word.length() < 13
                && word.regionMatches(true, 0, "AS", 0, 2)
                && word.chars().skip(2).allMatch(c -> c >= '0' && c <= '9');
    }

    private static List<String> words(Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new UnusableFile("data-centres: %s is larger than 64 MiB".formatted(file));
            }
            var text = Files.readString(file);
            var words = new ArrayList<String>();
            if (text.startsWith("{") || text.startsWith("[")) {
                collect(new ObjectMapper().readTree(text), words);
            } else {
                text.lines().forEach(line -> words.add(line.split("[#,;\\s]", 2)[0]));
            }
            return words;
        } catch (JsonProcessingException e) {
            throw new UnusableFile(
                    "data-centres: %s begins as JSON and is none: %s"
                            .formatted(file, e.getOriginalMessage()),
                    e);
        } catch (IOException e) {
            throw new UnusableFile(
                    "data-centres: cannot read %s as text: %s"
                            .formatted(file, UnusableFile.cause(e)),
                    e);
        }
    }

    /// Providers name their fields as they like; a network is known by its form.
    private static void collect(JsonNode node, List<String> words) {
        if (node.isTextual()) {
            words.add(node.textValue());
        }
        node.forEach(child -> collect(child, words));
    }

    /// @param asn as in `AS64496`; empty when it is not known
    boolean contain(InetAddress address, String asn) {
        var now = lists;
        return (now.networks().contain(address) || now.systems().contains(asn))
                && !isPrivate(address);
    }

    static boolean isPrivate(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || isPrivateBlock(address);
    }

    /// Those Java has no word for: RFC 4193 and the carriers' block of RFC 6598.
    private static boolean isPrivateBlock(InetAddress address) {
        var bytes = address.getAddress();
        return address instanceof Inet6Address
                ? (bytes[0] & 0xFE) == 0xFC
                : bytes[0] == 100 && (bytes[1] & 0xC0) == 64;
    }

    /// How much the lists hold, in words.
    public String about() {
        var now = lists;
        return "networks=%d as-numbers=%d".formatted(now.networks().size(), now.systems().size());
    }
}
