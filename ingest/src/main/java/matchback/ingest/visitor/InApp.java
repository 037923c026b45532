package matchback.ingest.visitor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The app in whose own browser a page is opened.
///
/// Apps name themselves in the user agent, some Android apps in the header `X-Requested-With`
/// instead. What is told of a browser that is no app's is [#PLAIN]; of a browser in some app that
/// says no name, [#SOME].
final class InApp {
    static final String PLAIN = "plain";
    static final String SOME = "webview";

    /// The first that is found counts: Messenger also says what Facebook says.
    private static final Map<String, Pattern> SIGNS = new LinkedHashMap<>();

    /// Apps by their package names on Android.
    private static final Map<String, String> PACKAGES =
            Map.ofEntries(
                    Map.entry("com.facebook.katana", "facebook"),
                    Map.entry("com.facebook.lite", "facebook"),
                    Map.entry("com.facebook.orca", "messenger"),
                    Map.entry("com.instagram.android", "instagram"),
                    Map.entry("com.instagram.barcelona", "threads"),
                    Map.entry("com.zhiliaoapp.musically", "tiktok"),
                    Map.entry("com.ss.android.ugc.trill", "tiktok"),
                    Map.entry("com.google.android.googlequicksearchbox", "google"),
                    Map.entry("com.snapchat.android", "snapchat"),
                    Map.entry("com.pinterest", "pinterest"),
                    Map.entry("com.linkedin.android", "linkedin"),
                    Map.entry("com.twitter.android", "x"),
                    Map.entry("com.reddit.frontpage", "reddit"));

    static {
        sign("messenger", "FBAN/Messenger|FB_IAB/Orca|FBAN/Orca");
        sign("instagram", "Instagram [0-9]");
        sign("threads", "Barcelona [0-9]");
        sign("facebook", "\\bFBA[NV]/|\\bFB_IAB/");
        sign("tiktok", "musical_ly|BytedanceWebview|\\bTikTok|\\btrill_");
        sign("google", "\\bGSA/");
        sign("snapchat", "\\bSnapchat/");
        sign("pinterest", "\\[Pinterest/|\\bPinterest for ");
        sign("linkedin", "LinkedInApp");
        sign("x", "\\bTwitter for |TwitterAndroid");
        sign("reddit", "\\bReddit/");
        sign("wechat", "MicroMessenger/");
        sign("line", "\\bLine/");
        sign("kakaotalk", "KAKAOTALK");
        sign("telegram", "\\bTelegram-");
        sign(SOME, "; wv\\)|\\((?:iPhone|iPad|iPod)(?!.*Safari/)");
    }

    private InApp() {}

    private static void sign(String app, String pattern) {
        SIGNS.put(app, Pattern.compile(pattern));
    }

    /// The app that the agent names.
    static Optional<String> of(String agent) {
        return SIGNS.entrySet().stream()
                .filter(sign -> sign.getValue().matcher(agent).find())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// The app that asks by `X-Requested-With`.
    static Optional<String> ofPackage(String requestedWith) {
        return Optional.ofNullable(PACKAGES.get(requestedWith));
    }
}
