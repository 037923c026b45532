package matchback.model.net;

import java.net.IDN;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;
import matchback.model.Percent;

/// A URL that we call, taken apart by one strict reader, so that what was checked is what is
/// called.
///
/// @param isSecure https
/// @param host ASCII, lower case, without a dot at the end; an IPv6 address without brackets
/// @param port as written, or the scheme's own
/// @param path with query, without fragment; only characters that may stand in a request line
public record TargetUrl(boolean isSecure, String host, int port, String path) {
    private static final int HOST_CHARS_MAX = 253;
    private static final int PORT_MAX = 65_535;
    private static final int SECURE_PORT = 443;
    private static final int PLAIN_PORT = 80;

    private static final Pattern NAME =
            Pattern.compile(
                    "(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.)*+"
                            + "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?");

    /// A name whose last part is a number is read as an IPv4 address by many resolvers: 0x7f.1,
    /// 2130706433, 0177.0.0.1.
    private static final Pattern NUMERIC = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");

    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]+");

    /// Characters of paths and queries (RFC 3986 §3.3, §3.4), and the percent sign.
    private static final String PLAIN = "-._~!$&'()*+,;=:@/?%";

    /// The URL, or one sentence that says what is wrong with it.
    public sealed interface Parsed {
        record Target(TargetUrl url) implements Parsed {}

        record Problem(String message) implements Parsed {}
    }

    public static Parsed parse(String text) {
        boolean isSecure = text.startsWith("https://");
        if (!isSecure && !text.startsWith("http://")) {
            return new Parsed.Problem("The URL must start with https:// or http://");
        }
        int from = text.indexOf("://") + 3;
        int end = from;
        while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        var authority = text.substring(from, end);
        if (authority.indexOf('@') >= 0) {
            return new Parsed.Problem("The URL has a user name or a password before the host");
        }
        int colon = authority.indexOf(':', authority.indexOf(']') + 1);
        var written = colon < 0 ? authority : authority.substring(0, colon);
        int port = port(colon < 0 ? "" : authority.substring(colon + 1), isSecure);
        if (port < 0) {
            return new Parsed.Problem("The port must be a number from 1 to " + PORT_MAX);
        }
        var host = host(written);
        return host.isEmpty()
                ? new Parsed.Problem("The host " + shown(written) + " is no name and no address")
                : new Parsed.Target(
                        new TargetUrl(isSecure, host.get(), port, path(text.substring(end))));
    }

    /// What is wrong with a URL, or with a template of one, before anything is looked up: its form,
    /// or that it names this machine or an address that the guard refuses. Empty when nothing is.
    public static Optional<String> problem(String url, AddressGuard guard) {
        return switch (parse(url)) {
            case Parsed.Problem(var message) -> Optional.of(message);
            case Parsed.Target(var target) -> target.refusal(guard);
        };
    }

    /// Why the host may not be called, as far as it can be told without resolving it.
    public Optional<String> refusal(AddressGuard guard) {
        return address().map(guard::refusal).orElseGet(() -> guard.refusalOfName(host));
    }

    /// The address, when the host is one.
    public Optional<InetAddress> address() {
        boolean isAddress = host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
        return isAddress ? Optional.of(InetAddress.ofLiteral(host)) : Optional.empty();
    }

    private static int port(String text, boolean isSecure) {
        if (text.isEmpty()) {
            return isSecure ? SECURE_PORT : PLAIN_PORT;
        }
        if (text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int port = Integer.parseInt(text);
        return port < 1 || port > PORT_MAX ? -1 : port;
    }

    private static Optional<String> host(String written) {
        if (written.startsWith("[") && written.endsWith("]")) {
            return ipv6(written.substring(1, written.length() - 1));
        }
        var ascii = ascii(written);
        var host = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        if (host.length() > HOST_CHARS_MAX || !NAME.matcher(host).matches()) {
            return Optional.empty();
        }
        return NUMERIC.matcher(host).matches() && !isIpv4(host)
                ? Optional.empty()
                : Optional.of(host);
    }

    /// Full-width digits and the like become plain ones here, before anything is looked at.
    private static String ascii(String written) {
        try {
            return IDN.toASCII(written).toLowerCase(java.util.Locale.ROOT);
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            return "";
        }
    }

    private static Optional<String> ipv6(String text) {
        var lower = text.toLowerCase(java.util.Locale.ROOT);
        if (lower.indexOf(':') < 0 || !IPV6.matcher(lower).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(lower)).map(_ -> lower);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static boolean isIpv4(String host) {
        if (!IPV4.matcher(host).matches()) {
            return false;
        }
        for (var part : host.split("\\.", -1)) {
            if (Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    private static String path(String rest) {
        int fragment = rest.indexOf('#');
        var text = fragment < 0 ? rest : rest.substring(0, fragment);
        var out = new StringBuilder(text.length() + 1);
        if (!text.startsWith("/")) {
            out.append('/');
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPlain(c)) {
                out.append(c);
            } else {
                int end = Character.isHighSurrogate(c) && i + 1 < text.length() ? i + 2 : i + 1;
                Percent.encode(text.substring(i, end), out);
                i = end - 1;
            }
        }
        return out.toString();
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || PLAIN.indexOf(c) >= 0;
    }

    private static String shown(String written) {
        var shown = written.length() > 80 ? written.substring(0, 80) + "..." : written;
        return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
