package matchback.console;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import matchback.console.csv.CsvFile;
import matchback.model.apple.AdSigner;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.SecretPath;
import matchback.model.catalog.Sender;
import org.jspecify.annotations.Nullable;

/// Settings of the console listener.
///
/// @param bind address it listens on; by default only this machine
/// @param port 0 for any free one
/// @param publicUrl of the tracking listener, without a slash at the end; in every URL we print
/// @param allowPrivateDestinations whether postbacks may be sent to private and loopback addresses
/// @param reportCurrency ISO 4217 code in which sums are shown
/// @param zone in which days are shown unless a request names one
/// @param tls null for plain HTTP
/// @param insecureConsole whether plain HTTP on an address of other machines is wanted
/// @param isBehindTls whether people reach it over TLS by a proxy
/// @param adSigner null when the operator is no ad network of Apple's
/// @param pathPrefix that a proxy serves the console below, such as `/matchback`; empty for none
public record ConsoleConfig(
        String bind,
        int port,
        String publicUrl,
        boolean allowPrivateDestinations,
        String reportCurrency,
        ZoneId zone,
        @Nullable Tls tls,
        boolean insecureConsole,
        boolean isBehindTls,
        @Nullable AdSigner adSigner,
        String pathPrefix) {
    /// Stands in a URL where the secret of the sender belongs, with the dot before it.
    public static final String SECRET_PLACE = SecretPath.SEPARATOR + "{secret}";

    public static final String BIND_DEFAULT = "127.0.0.1";
    public static final int PORT_DEFAULT = 8081;

    /// Largest body of a request.
    public static final int BODY_BYTES_MAX = 256 * 1024;

    /// Where conversions are handed in, many in one call.
    public static final String CONVERSIONS_PATH = "/api/v1/conversions";

    /// Where they are handed in as a file.
    public static final String CSV_PATH = CONVERSIONS_PATH + "/csv";

    /// Where requests are handed in that a proxy could not hand on.
    public static final String RECOVERIES_PATH = "/api/v1/recoveries";

    /// Where links of other trackers are led to campaigns.
    public static final String OLD_LINKS_PATH = "/api/v1/old-links";

    /// The same on a page.
    public static final String OLD_LINKS_PAGE = "/old-links";

    /// Where costs are stated.
    public static final String COSTS_PATH = "/api/v1/costs";

    /// Where they are handed in as a file.
    public static final String COSTS_CSV_PATH = COSTS_PATH + "/csv";

    /// The same on a page.
    public static final String COSTS_FILE_PAGE = "/costs/file";

    /// Name under which a request keeps the file that its body was put into.
    public static final String RECEIVED = "received";

    /// Conversions in a file on a page.
    public static final String UPLOAD_PATH = "/upload";

    /// Largest body of a call with conversions or links.
    public static final int CONVERSIONS_BYTES_MAX = 2 * 1024 * 1024;

    private static final String BUTTON = "/o";

    /// At the root of its host.
    public ConsoleConfig(
            String bind,
            int port,
            String publicUrl,
            boolean allowPrivateDestinations,
            String reportCurrency,
            ZoneId zone,
            @Nullable Tls tls,
            boolean insecureConsole,
            boolean isBehindTls,
            @Nullable AdSigner adSigner) {
        this(
                bind,
                port,
                publicUrl,
                allowPrivateDestinations,
                reportCurrency,
                zone,
                tls,
                insecureConsole,
                isBehindTls,
                adSigner,
                "");
    }

    /// PEM files; read again by [ConsoleServer#reloadTls()].
    public record Tls(Path certificate, Path key) {}

    public ConsoleConfig {
        while (publicUrl.endsWith("/")) {
            publicUrl = publicUrl.substring(0, publicUrl.length() - 1);
        }
    }

    /// Largest body that a path takes.
    public static int bodyBytesMax(String path) {
        return switch (path) {
            case CONVERSIONS_PATH, OLD_LINKS_PATH, OLD_LINKS_PAGE -> CONVERSIONS_BYTES_MAX;
            case CSV_PATH, COSTS_CSV_PATH, RECOVERIES_PATH, UPLOAD_PATH, COSTS_FILE_PAGE ->
                    CsvFile.BYTES_MAX;
            default -> BODY_BYTES_MAX;
        };
    }

    /// The tracking link of a campaign.
    public String clickUrl(Campaign campaign) {
        return at(campaign.routes().host()) + "/c/" + campaign.key();
    }

    /// Where the button of a lander leads.
    public String buttonUrl() {
        return publicUrl + BUTTON;
    }

    /// Where the button of a lander of this campaign leads.
    public String buttonUrl(Campaign campaign) {
        return at(campaign.routes().host()) + BUTTON;
    }

    /// Our URL under another host name: such a host is reached on the usual port of the scheme.
    private String at(Optional<String> host) {
        int authority = publicUrl.indexOf("://") + 3;
        int path = publicUrl.indexOf('/', authority);
        return host.map(name ->
                        publicUrl.substring(0, authority)
                                + name
                                + (path < 0 ? "" : publicUrl.substring(path)))
                .orElse(publicUrl);
    }

    /// Where a sender posts its conversions.
    public String postbackUrl(Sender sender) {
        return publicUrl + "/postback/" + inPath(sender);
    }

    /// What names a sender in the path of a URL. In place of its secret, which is shown only when
    /// it is made, stands [#SECRET_PLACE].
    public static String inPath(Sender sender) {
        return sender.security().path() == null ? sender.key() : sender.key() + SECRET_PLACE;
    }

    /// Whether browsers reach it over TLS, here or at a proxy.
    public boolean isReachedByTls() {
        return tls != null || isBehindTls;
    }

    /// Why the listener may not be started so; empty when it may.
    public Optional<String> refusal() {
        if (tls != null || insecureConsole || isLoopback(bind)) {
            return Optional.empty();
        }
        return Optional.of(
                "The console would be open to other machines on "
                        + bind
                        + " without TLS. Give it a certificate (tls-cert, tls-key), bind it to "
                        + BIND_DEFAULT
                        + ", or allow it with insecure-console");
    }

    private static boolean isLoopback(String bind) {
        if (bind.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(bind).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
