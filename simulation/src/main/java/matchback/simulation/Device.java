package matchback.simulation;

import java.util.List;
import java.util.random.RandomGenerator;

/// A kind of device and the browser on it.
///
/// @param os and
/// @param browser as reports name them
/// @param inApp the app whose built-in browser it is; empty for a browser of its own
/// @param weight its share of the visitors, in percent
/// @param pattern of its user agent; `#` stands for a version that differs from one to the other
public record Device(String os, String browser, String inApp, int weight, String pattern) {
    private static final String WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
    private static final String BLINK = "AppleWebKit/537.36 (KHTML, like Gecko)";
    private static final String IPHONE =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_# like Mac OS X) " + WEBKIT;

    public static final List<Device> ALL =
            List.of(
                    new Device(
                            "Android",
                            "Chrome",
                            "",
                            31,
                            "Mozilla/5.0 (Linux; Android 10; K) "
                                    + BLINK
                                    + " Chrome/14#.0.0.0 Mobile Safari/537.36"),
                    new Device(
                            "iOS",
                            "Safari",
                            "",
                            21,
                            IPHONE + " Version/18.# Mobile/15E148 Safari/604.1"),
                    new Device(
                            "iOS",
                            "Facebook",
                            "facebook",
                            9,
                            IPHONE
                                    + " Mobile/22F76 [FBAN/FBIOS;FBAV/51#.0.0.44.99;FBDV/iPhone15,2]"),
                    new Device(
                            "Android",
                            "Facebook",
                            "facebook",
                            6,
                            "Mozilla/5.0 (Linux; Android 14; SM-A536B; wv) "
                                    + BLINK
                                    + " Version/4.0 Chrome/14#.0.0.0 Mobile Safari/537.36"
                                    + " [FB_IAB/FB4A;FBAV/51#.0.0.44.99;]"),
                    new Device(
                            "iOS",
                            "Instagram",
                            "instagram",
                            5,
                            IPHONE
                                    + " Mobile/22F76 Instagram 38#.0.0.27.88 (iPhone15,2; iOS 18_#)"),
                    new Device(
                            "Windows",
                            "Chrome",
                            "",
                            13,
                            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) "
                                    + BLINK
                                    + " Chrome/14#.0.0.0 Safari/537.36"),
                    new Device(
                            "Windows",
                            "Firefox",
                            "",
                            4,
                            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:14#.0) Gecko/20100101"
                                    + " Firefox/14#.0"),
                    new Device(
                            "Windows",
                            "Edge",
                            "",
                            4,
                            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) "
                                    + BLINK
                                    + " Chrome/14#.0.0.0 Safari/537.36 Edg/14#.0.0.0"),
                    new Device(
                            "macOS",
                            "Safari",
                            "",
                            7,
                            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) "
                                    + WEBKIT
                                    + " Version/18.# Safari/605.1.15"));

    static final double MOBILE_SHARE =
            ALL.stream().filter(Device::isMobile).mapToInt(Device::weight).sum()
                    / (double) ALL.stream().mapToInt(Device::weight).sum();

    static Device any(RandomGenerator random) {
        return Drawing.byWeight(ALL, Device::weight, random);
    }

    boolean isMobile() {
        return os.equals("Android") || os.equals("iOS");
    }

    String userAgent(RandomGenerator random) {
        return pattern.replace("#", Integer.toString(random.nextInt(8)));
    }
}
