package matchback.deliver.mmp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import matchback.deliver.OutboundRequest;
import matchback.deliver.Parcel;
import matchback.deliver.Preparation;
import matchback.deliver.doubles.PartnerRules;
import matchback.deliver.platform.Platform;
import matchback.deliver.platform.PlatformAdapter;
import matchback.deliver.testing.Told;
import matchback.model.Field;

/// A sale that is told to one partner, set up as an operator would: with nothing but what must be.
public enum PartnerSale {
    APPSFLYER(
            AppsFlyer.PLATFORM,
            Map.of("app-id", "id123456789"),
            Map.of("s2s-key", "af-s2s-key-1234"),
            new PartnerRules.AppsFlyer("id123456789", "af-s2s-key-1234")),
    ADJUST(
            Adjust.PLATFORM,
            Map.of("app-token", "4w565xzmb54d"),
            Map.of("s2s-token", "adjust-s2s-1234"),
            new PartnerRules.Adjust(
                    "4w565xzmb54d",
                    "adjust-s2s-1234",
                    java.util.Set.of("f0ob4r"),
                    java.util.Set.of(PartnerSale.GAID),
                    java.util.Set.of())),
    BRANCH(
            Branch.PLATFORM,
            Map.of(),
            Map.of("branch-key", "key_live_abcdef1234"),
            new PartnerRules.Branch(java.util.Set.of("key_live_abcdef1234"))),
    SINGULAR(
            Singular.PLATFORM,
            Map.of("app-id", "com.example.app", "platform", "Android"),
            Map.of("sdk-key", "acme_sh868sdjv"),
            new PartnerRules.Singular("acme_sh868sdjv", "v1"));

    public static final String GAID = "38400000-8cf0-11bd-b23e-10b96e40000d";
    public static final String APPSFLYER_ID = "1415211453000-6513894";

    public final Platform platform;
    public final Map<String, String> settings;
    public final Map<String, String> secrets;
    public final PartnerRules rules;

    PartnerSale(
            Platform platform,
            Map<String, String> settings,
            Map<String, String> secrets,
            PartnerRules rules) {
        this.platform = platform;
        this.settings = settings;
        this.secrets = secrets;
        this.rules = rules;
    }

    public String type() {
        return platform.type().type();
    }

    /// The only secret.
    public String secret() {
        return secrets.values().iterator().next();
    }

    /// A sale of 12.50 USD of somebody whose device is known.
    Told told() {
        return unknown().person(Field.GAID, GAID).person(Field.APPSFLYER_ID, APPSFLYER_ID);
    }

    /// The same of somebody of whom nothing but address and agent is known.
    Told unknown() {
        var told = new Told(type()).named("sale", this == ADJUST ? "f0ob4r" : "");
        settings.forEach(told::with);
        secrets.forEach(told::secret);
        return told;
    }

    PlatformAdapter adapter() {
        return new PlatformAdapter(platform, Told.SECRETS);
    }

    Preparation prepared(Told told) {
        return adapter().prepare(Told.KEY, told.shipment(), told.catalog(), Told.NOW);
    }

    Parcel parcel(Told told) {
        return switch (prepared(told)) {
            case Preparation.Ready(var parcel) -> parcel;
            case Preparation.Hopeless(var note) -> throw new AssertionError(note);
            case Preparation.Parked(var note) -> throw new AssertionError(note);
        };
    }

    OutboundRequest request(Told told) {
        return adapter().pack(Told.KEY, List.of(parcel(told)), told.catalog());
    }

    String body(Told told) {
        return new String(request(told).body(), StandardCharsets.UTF_8);
    }
}
