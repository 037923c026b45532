package matchback.model.apple;

import java.util.Optional;

/// What an ad network signs when it shows an app's ad. Only the versions whose signed text is
/// certain, and only what is certain of them.
///
/// @param version of the protocol that the shown ad speaks
/// @param source SKAdNetwork 2.2 and 3.0: the campaign, 1 to 100; else the source identifier
/// @param app App Store id of the app that is advertised
/// @param sourceApp App Store id of the app that shows it; 0 while that is in development
public record AppleAd(Version version, int source, long app, long sourceApp) {
    private static final int CAMPAIGN_MAX = 100;

    /// Four digits, the first of them no zero: how Apple writes others into what is signed is not
    /// certain.
    private static final int SOURCE_MIN = 1000;

    private static final int SOURCE_MAX = 9999;
    private static final long APP_MAX = (1L << 53) - 1;

    /// Older ones have no view-through ads, and their devices are gone.
    public enum Version {
        SKADNETWORK_2_2("2.2"),
        SKADNETWORK_3_0("3.0"),
        SKADNETWORK_4_0("4.0"),
        ADATTRIBUTIONKIT("adattributionkit");

        private final String word;

        Version(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        boolean hasCampaigns() {
            return this == SKADNETWORK_2_2 || this == SKADNETWORK_3_0;
        }
    }

    /// What is wrong with a source of a version; empty when nothing is.
    public static Optional<String> sourceProblem(Version version, int source) {
        int min = version.hasCampaigns() ? 1 : SOURCE_MIN;
        int max = version.hasCampaigns() ? CAMPAIGN_MAX : SOURCE_MAX;
        return source >= min && source <= max
                ? Optional.empty()
                : Optional.of(
                        "source of %d; expected %d to %d in version %s"
                                .formatted(source, min, max, version.word()));
    }

    public AppleAd {
        sourceProblem(version, source)
                .ifPresent(problem -> {
                    throw new IllegalArgumentException(problem);
                });
        if (app < 1 || app > APP_MAX || sourceApp < 0 || sourceApp > APP_MAX) {
            throw new IllegalArgumentException(
                    "app %d shown by %d; expected ids of the App Store".formatted(app, sourceApp));
        }
    }
}
