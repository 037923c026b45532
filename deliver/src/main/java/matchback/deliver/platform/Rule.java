package matchback.deliver.platform;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import matchback.model.Field;

/// Why a conversion is not sent to a platform, found out before it is sent.
@FunctionalInterface
public interface Rule {
    /// What a request may take on its way.
    Duration MARGIN = Duration.ofMinutes(1);

    /// One or two sentences; empty when nothing is wrong.
    Optional<String> objection(Telling telling);

    /// A platform's age limit.
    ///
    /// @param limit may depend on the settings
    static Rule youngerThan(Function<Telling, Duration> limit, String platform) {
        return telling -> {
            var most = limit.apply(telling);
            var age = Duration.between(telling.happenedAt(), telling.now());
            return age.plus(MARGIN).compareTo(most) <= 0
                    ? Optional.empty()
                    : Optional.of(
                            "It happened %s ago; %s takes events of the last %s"
                                    .formatted(text(age), platform, text(most)));
        };
    }

    /// Whoever denied the use of personal data for ads is not told of.
    static Rule unlessDenied(String platform) {
        return telling ->
                telling.isDenied(Field.AD_USER_DATA)
                        ? Optional.of(
                                "The person denied the use of the data for ads (ad_user_data),"
                                        + " so "
                                        + platform
                                        + " is not told")
                        : Optional.empty();
    }

    /// Moments that the platform has no word for, however they came to be asked for.
    static Rule momentsOfTheType(String platform) {
        return telling -> {
            var moment = telling.shipment().delivery().moment();
            return telling.connection().type().moments().contains(moment)
                    ? Optional.empty()
                    : Optional.of(
                            "%s cannot be told that a conversion is %s"
                                    .formatted(
                                            platform,
                                            moment.name().toLowerCase(java.util.Locale.ROOT)));
        };
    }

    private static String text(Duration duration) {
        long days = duration.toDays();
        if (days > 1) {
            return duration.toHoursPart() == 0
                    ? days + " days"
                    : days + " days " + duration.toHoursPart() + " h";
        }
        return duration.toHours() > 0 ? duration.toHours() + " h" : duration.toMinutes() + " min";
    }
}
