package matchback.model.apple;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A postback of Apple's devices, whichever protocol brought it, in one form.
///
/// Sources: developer.apple.com/documentation/storekit/verifying-an-install-validation-postback and
/// developer.apple.com/documentation/adattributionkit/identifying-the-parameters-in-a-postback
/// (read in November 2026).
///
/// @param version of SKAdNetwork, `1.0` to `4.0`; empty for AdAttributionKit
/// @param id of the postback, in lower case; one per conversion window
/// @param network id of the ad network
/// @param app id of the advertised app in the App Store; 0 when built by Xcode
/// @param sourceIdentifier 2 to 4 digits, or the campaign id of SKAdNetwork before 4; a text,
///   because leading zeros matter
/// @param window 0 to 2: which conversion window; 0 for protocols that have one
/// @param didWin whether this network's ad won the conversion; true for protocols that tell winners
///   only
/// @param gain what the network gained
/// @param fineValue 0 to 63; null when not told; never signed
/// @param coarseValue never signed
/// @param interaction `view` or `click`; empty when not told
/// @param publisher the app or the domain the ad stood in; empty when not told
/// @param country ISO 3166 alpha-2; empty when not told; never signed
/// @param isTest whether it says itself that it comes from a test
public record ApplePostback(
        Protocol protocol,
        String version,
        String id,
        String network,
        long app,
        String sourceIdentifier,
        int window,
        boolean didWin,
        Gain gain,
        @Nullable Integer fineValue,
        @Nullable Coarse coarseValue,
        String interaction,
        String publisher,
        String country,
        boolean isTest) {
    public static final int FINE_MAX = 63;

    public enum Protocol {
        SKADNETWORK,
        ADATTRIBUTIONKIT;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public enum Gain {
        INSTALL,
        REDOWNLOAD,
        REENGAGEMENT;

        /// The event type of a conversion that the app's schema says nothing about.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public enum Coarse {
        LOW,
        MEDIUM,
        HIGH;

        /// As it stands in configuration and reports.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Unique among all postbacks of one network: protocol, id and window.
    public String uniqueId() {
        return (protocol == Protocol.SKADNETWORK ? "skan" : "aak") + ':' + id + ':' + window;
    }

    /// Whether its source identifier is one of a hierarchy, of which Apple tells the last digits; a
    /// campaign id of SKAdNetwork before 4 is told whole.
    public boolean isHierarchical() {
        return protocol == Protocol.ADATTRIBUTIONKIT || version.equals("4.0");
    }

    /// The conversion value as reports show it: the fine one in digits, or the coarse one's word;
    /// empty when there is none.
    public String value() {
        if (fineValue != null) {
            return fineValue.toString();
        }
        return coarseValue == null ? "" : coarseValue.word();
    }
}
