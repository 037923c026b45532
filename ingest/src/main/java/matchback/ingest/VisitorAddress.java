package matchback.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import matchback.ingest.IngestConfig.AddressHeader;
import matchback.ingest.IngestConfig.Proxies;

/// Finds the visitor's address behind trusted proxies.
///
/// The header is read from its right end, where our own proxy wrote: the first address that is no
/// trusted proxy is the visitor's. Everything to its left was written by the visitor and is never
/// believed. When anything on the way is no address, the peer is taken.
public final class VisitorAddress {
    /// Addresses looked at in one header; a longer chain is junk.
    private static final int HOPS_MAX = 32;

    private final Networks trusted;
    private final AddressHeader header;

    public VisitorAddress(Proxies proxies) {
        this.trusted = Networks.of(proxies.networks());
        this.header = proxies.header();
    }

    /// Whether headers of this peer count at all.
    public boolean isTrusted(Address peer) {
        return header != AddressHeader.NONE && trusted.contain(peer);
    }

    public Address of(Address peer, RequestHeaders headers) {
        if (!isTrusted(peer)) {
            return peer;
        }
        var hops =
                switch (header) {
                    case NONE -> List.<String>of();
                    case X_FORWARDED_FOR -> elements(headers.all("X-Forwarded-For"));
                    case FORWARDED ->
                            elements(headers.all("Forwarded")).stream()
                                    .map(VisitorAddress::forNode)
                                    .toList();
                };
        if (hops.size() > HOPS_MAX) {
            return peer;
        }
        var last = peer;
        for (var hop : hops.reversed()) {
            var address = Address.parse(hop);
            if (address.isEmpty()) {
                return peer;
            }
            last = address.get();
            if (!trusted.contain(last)) {
                return last;
            }
        }
        return last;
    }

    /// Elements of all header lines in order; a quoted comma separates nothing.
    private static List<String> elements(List<String> lines) {
        var elements = new ArrayList<String>();
        for (var line : lines) {
            int from = 0;
            boolean quoted = false;
            for (int i = 0; i <= line.length(); i++) {
                if (i < line.length() && line.charAt(i) == '"') {
                    quoted = !quoted;
                }
                if (i == line.length() || (line.charAt(i) == ',' && !quoted)) {
                    elements.add(line.substring(from, i).strip());
                    from = i + 1;
                }
            }
        }
        return elements;
    }

    /// The value of `for` in an element of Forwarded; empty, and so junk, without one.
    private static String forNode(String element) {
        for (var pair : element.split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0
                    && pair.substring(0, equals).strip().toLowerCase(Locale.ROOT).equals("for")) {
                return pair.substring(equals + 1).strip().replace("\"", "");
            }
        }
        return "";
    }
}
