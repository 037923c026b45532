package matchback.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The ids of clicks that ad platforms hang on the links they send people to, by the parameter they
/// come in. A platform that is told of a conversion finds the click by it.
///
/// They stand in the raw request of the click, as they came; the click's time is when such an id
/// was first seen.
public enum PlatformClickId {
    FBCLID("fbclid", "Meta"),
    GCLID("gclid", "Google"),
    GBRAID("gbraid", "Google"),
    WBRAID("wbraid", "Google"),
    TTCLID("ttclid", "TikTok"),
    MSCLKID("msclkid", "Microsoft"),
    TWCLID("twclid", "X"),
    LI_FAT_ID("li_fat_id", "LinkedIn"),
    EPIK("epik", "Pinterest"),
    SC_CLICK_ID("ScCid", "Snapchat"),
    RDT_CID("rdt_cid", "Reddit"),
    OPPREF("oppref", "OpenAI"),
    TBLCI("tblci", "Taboola"),
    DICBO("dicbo", "Outbrain"),
    OB_CLICK_ID("ob_click_id", "Outbrain"),
    QCLID("qclid", "Quora"),
    YCLID("yclid", "Yandex");

    private final String parameter;
    private final String platform;

    PlatformClickId(String parameter, String platform) {
        this.parameter = parameter;
        this.platform = platform;
    }

    /// An id that came, exactly as it came.
    public record Seen(PlatformClickId kind, String value) {}

    /// The name in links, for example `fbclid`.
    public String parameter() {
        return parameter;
    }

    /// Who hangs it on.
    public String platform() {
        return platform;
    }

    public static List<String> parameters() {
        return Arrays.stream(values()).map(PlatformClickId::parameter).toList();
    }

    /// The id of this kind in a request's target, path and query; empty without one, or when nobody
    /// put a value in place of its macro.
    public Optional<Seen> in(String target) {
        return seen(query(target), this);
    }

    /// All that stand in a request's target.
    public static List<Seen> all(String target) {
        var params = query(target);
        var seen = new ArrayList<Seen>();
        for (var kind : values()) {
            seen(params, kind).ifPresent(seen::add);
        }
        return seen;
    }

    private static Params query(String target) {
        return Params.ofQuery(target.substring(target.indexOf('?') + 1));
    }

    private static Optional<Seen> seen(Params params, PlatformClickId kind) {
        var value = params.first(kind.parameter);
        return value.isBlank() || UnfilledMacro.isOne(value)
                ? Optional.empty()
                : Optional.of(new Seen(kind, value));
    }
}
