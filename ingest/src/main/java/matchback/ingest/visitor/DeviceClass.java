package matchback.ingest.visitor;

import java.util.Set;
import java.util.regex.Pattern;

/// What kind of device a browser runs on: `phone`, `tablet`, `desktop`, `tv`, `console`, `headset`,
/// `watch`; empty where the agent does not tell.
///
/// An iPad that asks for desktop pages calls itself a Mac and is taken for one. Android tablets are
/// told from telephones by the word `Mobile`, which only the latter use:
/// https://developer.chrome.com/docs/multidevice/user-agent
final class DeviceClass {
    private static final Pattern CONSOLE = Pattern.compile("PlayStation|Xbox|Nintendo");

    private static final Pattern TV =
            Pattern.compile(
                    "\\bTV\\b|SMART-TV|SmartTV|SmartHub|HbbTV|AppleTV|GoogleTV|Android TV|BRAVIA"
                            + "|\\bAFT[A-Z0-9]{1,6}\\b|\\bRoku\\b|CrKey|NetCast|Web0S|VIERA");

    private static final Pattern HEADSET = Pattern.compile("OculusBrowser|\\bQuest\\b");

    private static final Set<String> TABLETS = Set.of("iPad", "Kindle", "Generic Tablet");

    private static final Set<String> PHONES =
            Set.of("iPhone", "iPod", "Generic Smartphone", "Generic Feature Phone");

    private static final Set<String> PHONE_SYSTEMS =
            Set.of(
                    "Windows Phone",
                    "KaiOS",
                    "Firefox OS",
                    "Symbian OS",
                    "Symbian^3",
                    "Symbian^3 Anna",
                    "Symbian^3 Belle",
                    "BlackBerry OS",
                    "Bada",
                    "Maemo",
                    "MeeGo",
                    "Series 40");

    private static final Set<String> DESKTOP_SYSTEMS =
            Set.of(
                    "Windows",
                    "Mac OS X",
                    "Linux",
                    "Chrome OS",
                    "Ubuntu",
                    "Debian",
                    "Fedora",
                    "Red Hat",
                    "CentOS",
                    "SUSE",
                    "openSUSE",
                    "Gentoo",
                    "Arch Linux",
                    "Linux Mint",
                    "Kubuntu",
                    "FreeBSD",
                    "OpenBSD",
                    "NetBSD",
                    "Solaris");

    private DeviceClass() {}

    /// @param agent in full
    /// @param system and
    /// @param model as the rules name them
    static String of(String agent, String system, String model) {
        if (CONSOLE.matcher(agent).find()) {
            return "console";
        }
        if (TV.matcher(agent).find() || system.equals("tvOS")) {
            return "tv";
        }
        if (HEADSET.matcher(agent).find()) {
            return "headset";
        }
        if (system.equals("WatchOS") || model.equals("Apple Watch")) {
            return "watch";
        }
        if (TABLETS.contains(model)) {
            return "tablet";
        }
        if (PHONE_SYSTEMS.contains(system) || (PHONES.contains(model) && !isAndroid(system))) {
            return "phone";
        }
        if (isAndroid(system)) {
            return android(agent);
        }
        return DESKTOP_SYSTEMS.contains(system) ? "desktop" : "";
    }

    private static boolean isAndroid(String system) {
        return system.equals("Android");
    }

    /// An app that is no browser says neither.
    private static String android(String agent) {
        if (agent.contains("Mobile")) {
            return "phone";
        }
        return agent.startsWith("Mozilla/") ? "tablet" : "";
    }
}
