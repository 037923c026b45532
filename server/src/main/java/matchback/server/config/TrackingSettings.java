package matchback.server.config;

import java.time.Duration;
import java.util.List;

/// The public side: links, postbacks, redirects.
///
/// @param bind address it listens on
/// @param port 0 lets the system choose
/// @param publicUrl where visitors and senders reach it; empty: by bind and port
/// @param trustedProxies networks whose word about a visitor's address is taken
/// @param proxyHeader the header that holds their word
/// @param fallbackUrl where visitors go whom no campaign can serve; empty: a 404 page
/// @param doubtfulPerSecond and
/// @param doubtfulBurst bound what one address may send without an authentic click id
/// @param clickCookie name of the cookie that remembers clicks; empty: none is set
/// @param clickCookieDays its lifetime
/// @param redirectUnrecorded whether a visitor is redirected though the click cannot be stored
/// @param clickWait how long a visitor waits for the disk
public record TrackingSettings(
        String bind,
        int port,
        String publicUrl,
        List<String> trustedProxies,
        String proxyHeader,
        String fallbackUrl,
        boolean redirectUnrecorded,
        int doubtfulPerSecond,
        int doubtfulBurst,
        String clickCookie,
        int clickCookieDays,
        Duration clickWait) {

    static final Setting<String> BIND =
            Setting.of("bind", Form.HOST, "0.0.0.0", "Address for clicks and postbacks.");
    public static final Setting<Integer> PORT =
            Setting.of(
                    "port",
                    Form.PORT,
                    "8080",
                    "Port for clicks and postbacks; 0 takes a free one.");
    static final Setting<String> PUBLIC_URL =
            Setting.of(
                    "public-url",
                    Form.URL,
                    "",
                    "Start of every tracking link and postback URL we print, such as"
                            + " https://track.example.com.");
    static final Setting<List<String>> TRUSTED_PROXIES =
            Setting.of(
                    "trusted-proxies",
                    Form.NETWORKS,
                    "",
                    "Proxies in front of us, whose header tells the visitor's address.");
    static final Setting<String> PROXY_HEADER =
            Setting.of(
                    "proxy-header",
                    Form.oneOf("x-forwarded-for", "forwarded"),
                    "x-forwarded-for",
                    "The header in which trusted proxies tell the visitor's address.");
    static final Setting<String> FALLBACK_URL =
            Setting.of(
                    "fallback-url",
                    Form.URL,
                    "",
                    "Where visitors of unknown or paused campaigns go; without it, a 404 page.");
    static final Setting<String> ON_LEDGER_FAILURE =
            Setting.of(
                    "on-ledger-failure",
                    Form.oneOf("redirect", "refuse"),
                    "redirect",
                    "What a visitor gets when the disk cannot take the click in time.");
    static final Setting<Duration> CLICK_WAIT =
            Setting.of(
                    "click-wait",
                    Form.WAIT,
                    "250 ms",
                    "How long that is. A disk that is slower at times loses clicks, or keeps"
                            + " visitors waiting.");

    static final Setting<Integer> DOUBTFUL_PER_SECOND =
            Setting.of(
                    "doubtful-per-second",
                    Form.number(0, 1_000_000),
                    "50",
                    "Postbacks without an authentic click id that one address may send each second"
                            + " on average; 0: any number. Authentic ids are never limited.");
    static final Setting<Integer> DOUBTFUL_BURST =
            Setting.of(
                    "doubtful-burst",
                    Form.number(1, 1_000_000),
                    "2000",
                    "How many of them it may send at once.");

    static final Setting<String> CLICK_COOKIE =
            Setting.of(
                    "click-cookie",
                    Form.COOKIE_NAME,
                    "mb_clicks",
                    "Name of the cookie that a click sets on the tracking domain, for conversions"
                            + " by pixel and buttons of landers without a click id; empty sets"
                            + " none.");
    static final Setting<Integer> CLICK_COOKIE_DAYS =
            Setting.of(
                    "click-cookie-days",
                    Form.number(1, 400),
                    "30",
                    "How many days browsers are asked to keep it.");

    static final List<Setting<?>> ALL =
            List.of(
                    BIND,
                    PORT,
                    PUBLIC_URL,
                    TRUSTED_PROXIES,
                    PROXY_HEADER,
                    FALLBACK_URL,
                    ON_LEDGER_FAILURE,
                    CLICK_WAIT,
                    DOUBTFUL_PER_SECOND,
                    DOUBTFUL_BURST,
                    CLICK_COOKIE,
                    CLICK_COOKIE_DAYS);

    static TrackingSettings from(Values values) {
        return new TrackingSettings(
                values.get(BIND),
                values.get(PORT),
                values.get(PUBLIC_URL),
                values.get(TRUSTED_PROXIES),
                values.get(PROXY_HEADER),
                values.get(FALLBACK_URL),
                values.get(ON_LEDGER_FAILURE).equals("redirect"),
                values.get(DOUBTFUL_PER_SECOND),
                values.get(DOUBTFUL_BURST),
                values.get(CLICK_COOKIE),
                values.get(CLICK_COOKIE_DAYS),
                values.get(CLICK_WAIT));
    }
}
