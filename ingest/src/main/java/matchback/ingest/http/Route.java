package matchback.ingest.http;

import java.util.regex.Pattern;
import matchback.ingest.Target;
import matchback.ingest.apple.AppleReader;
import matchback.model.Percent;
import matchback.model.apple.ApplePostback.Protocol;

/// What a request on the tracking listener is about, by its path.
sealed interface Route {
    String CLICK = "/c/";
    String POSTBACK = "/postback";
    Pattern BUTTON = Pattern.compile("/o(?:/(?:(\\d{1,3})/?)?)?");
    String HOP = "/r";

    /// @param campaign key in the path
    record Click(String campaign) implements Route {}

    /// @param sender what stands for it in the path; empty for none
    record Postback(String sender) implements Route {}

    /// A postback of an Apple device.
    record Apple(Protocol protocol) implements Route {}

    /// The button of a lander.
    ///
    /// @param number of the link; 0 for the plain one
    record Lander(int number) implements Route {}

    /// A page in the middle of a hidden referrer.
    record Hop() implements Route {}

    /// The script for pages.
    record Script() implements Route {}

    /// What the script sends.
    record BrowserEvent() implements Route {}

    /// @param isFrame whether it is a page for a frame, not an image
    record Pixel(boolean isFrame) implements Route {}

    /// None of them.
    record Other() implements Route {}

    static Route of(Target target) {
        var path = target.path();
        if (path.startsWith(CLICK)) {
            return new Click(lastPart(path, CLICK.length()));
        }
        if (path.startsWith(POSTBACK)
                && (path.length() == POSTBACK.length() || path.charAt(POSTBACK.length()) == '/')) {
            return new Postback(lastPart(path, POSTBACK.length() + 1));
        }
        return switch (path) {
            case "/e" -> new BrowserEvent();
            case "/m.js" -> new Script();
            case "/pixel.gif" -> new Pixel(false);
            case "/pixel.html" -> new Pixel(true);
            default -> other(target, path);
        };
    }

    private static Route other(Target target, String path) {
        var apple = AppleReader.ofPath(path);
        if (apple.isPresent()) {
            return new Apple(apple.get());
        }
        if (path.equals(HOP)) {
            return new Hop();
        }
        var button = BUTTON.matcher(path);
        if (button.matches()) {
            return new Lander(button.group(1) == null ? 0 : Integer.parseInt(button.group(1)));
        }
        return DropIn.sender(path, target.query()).<Route>map(Postback::new).orElseGet(Other::new);
    }

    /// The rest of a path, decoded, without a slash at its end.
    private static String lastPart(String path, int from) {
        if (from >= path.length()) {
            return "";
        }
        int to = path.endsWith("/") ? path.length() - 1 : path.length();
        return Percent.decodeLeniently(path.substring(from, Math.max(from, to)));
    }
}
