package matchback.validate;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// One figure of an interval. They are made so that honest intervals differ by about 1 in each, and
/// so that a side that says nothing bad is not told apart.
///
/// The forest sees how far each is off; what a figure on its own proves is for the other checks.
enum Feature {
    /// Moments after the click.
    FAST("within 30 s of the click") {
        @Override
        double of(Interval interval) {
            return excess(interval, 0, FAST_MILLIS);
        }

        @Override
        boolean carries(Interval interval, int member) {
            return interval.conversion(member).delayMillis() <= FAST_MILLIS;
        }
    },
    /// Hours after the click.
    LATE("later than 60 min after the click") {
        @Override
        double of(Interval interval) {
            // When the clicks have ended only late conversions are left to come.
            return interval.isUnderWay() ? excess(interval, LATE_MILLIS, Long.MAX_VALUE) / 2 : 0;
        }

        @Override
        boolean carries(Interval interval, int member) {
            return interval.conversion(member).delayMillis() >= LATE_MILLIS;
        }
    },
    /// The middle of the times from click to conversion.
    DELAY("") {
        @Override
        double of(Interval interval) {
            double deviations = (interval.meanRank() - 0.5) * Math.sqrt(12.0 * interval.size()) / 2;
            return interval.isUnderWay() ? deviations : Math.min(0, deviations);
        }

        @Override
        String say(Interval interval) {
            return String.format(
                    Locale.ROOT,
                    "their times from click to conversion are longer than %.0f %% of others'",
                    100 * interval.meanRank());
        }
    },
    /// Equal times from click to conversion.
    EQUAL_DELAYS("at nearly the same time after the click") {
        @Override
        double of(Interval interval) {
            int most = 0;
            for (int i = 0; i < interval.size(); i++) {
                most = Math.max(most, alike(interval, i));
            }
            return Math.max(0, most - interval.size() / 4.0);
        }

        @Override
        boolean carries(Interval interval, int member) {
            return alike(interval, member) > interval.size() / 4.0;
        }
    },
    /// Gaps between conversions.
    GAPS("") {
        @Override
        double of(Interval interval) {
            double above = interval.gapVariation() - 1;
            return above < 0 ? 3 * above : above;
        }

        @Override
        String say(Interval interval) {
            return String.format(
                    Locale.ROOT,
                    "the gaps between them differ by %.2f of their mean, usual is 1",
                    interval.gapVariation());
        }
    },
    /// What they earn.
    PAYOUT("with a payout far above the middle of others'") {
        @Override
        double of(Interval interval) {
            return above(interval, Converted::payoutMicros, shape -> shape.payouts);
        }

        @Override
        boolean carries(Interval interval, int member) {
            return interval.aboveOthers(member, Converted::payoutMicros, shape -> shape.payouts)
                    > ABOVE_LOG;
        }
    },
    /// What the orders are worth.
    VALUE("with a value far above the middle of others'") {
        @Override
        double of(Interval interval) {
            return above(interval, Converted::valueMicros, shape -> shape.values);
        }

        @Override
        boolean carries(Interval interval, int member) {
            return interval.aboveOthers(member, Converted::valueMicros, shape -> shape.values)
                    > ABOVE_LOG;
        }
    },
    /// Networks that several conversions share.
    NETWORKS("whose clicks share a network") {
        @Override
        double of(Interval interval) {
            return 4.0 * interval.count(interval::isAgain) / interval.size();
        }

        @Override
        boolean carries(Interval interval, int member) {
            return interval.isShared(member);
        }
    },
    /// Addresses that converted before.
    ADDRESSES("from an address that converted before") {
        @Override
        double of(Interval interval) {
            return 4.0 * interval.count(interval::isKnownAddress) / interval.size();
        }

        @Override
        boolean carries(Interval interval, int member) {
            return interval.isKnownAddress(member);
        }
    },
    /// Conversions in hours that are quiet elsewhere.
    NIGHT("in hours that are quiet elsewhere") {
        @Override
        double of(Interval interval) {
            double expected = interval.size() * interval.nightShare();
            return Math.max(0, (interval.count(i -> interval.isNight(i)) - expected))
                    / (2 * Math.sqrt(expected + 1));
        }

        @Override
        boolean carries(Interval interval, int member) {
            return interval.isNight(member);
        }
    },
    /// Conversions by clicks.
    RATE("") {
        @Override
        double of(Interval interval) {
            double rate = Math.log((interval.converted() + 3) / (interval.expected() + 3));
            return rate < 0 ? 1.5 * rate : rate;
        }

        @Override
        String say(Interval interval) {
            return String.format(
                    Locale.ROOT,
                    "%d conversions in 72 h, of others by as many clicks it would be %.0f",
                    interval.converted(),
                    interval.expected());
        }
    },
    /// Conversions by time.
    PACE("") {
        @Override
        double of(Interval interval) {
            double pace = (interval.size() - 1) / interval.hours();
            return Math.max(0, Math.log(pace / interval.usualPace()));
        }

        @Override
        String say(Interval interval) {
            return String.format(
                    Locale.ROOT,
                    "%.1f conversions an hour, its usual is %.1f",
                    (interval.size() - 1) / interval.hours(),
                    interval.usualPace());
        }
    };

    /// Nobody who decides for himself is that fast often.
    private static final long FAST_MILLIS = 30_000;

    private static final long LATE_MILLIS = 60 * 60_000L;

    /// Times that are alike differ by less than this part of them.
    private static final double ALIKE = 0.03;

    /// An amount is far above the middle when it is half again as high.
    private static final double ABOVE_LOG = Math.log(1.5);

    /// So far above that farther says no more.
    private static final double ABOVE_LOG_MAX = Math.log(4);

    private final String sign;

    /// @param sign that a conversion has; empty for a figure of the interval as a whole
    Feature(String sign) {
        this.sign = sign;
    }

    abstract double of(Interval interval);

    /// Whether it is made of a sign that some conversions have and others have not.
    boolean isOfEach() {
        return !sign.isEmpty();
    }

    /// Whether a conversion has the sign.
    boolean carries(Interval interval, int member) {
        return false;
    }

    /// The figure in words, for a person to judge by.
    String say(Interval interval) {
        return "%d of %d %s"
                .formatted(interval.count(i -> carries(interval, i)), interval.size(), sign);
    }

    /// Of all features, in their order.
    static double[] all(Interval interval) {
        return Arrays.stream(values()).mapToDouble(feature -> feature.of(interval)).toArray();
    }

    /// How many more delays are in a span than others would have, in standard deviations; 0 for
    /// fewer.
    private static double excess(Interval interval, long fromMillis, long toMillis) {
        double expected = 0;
        int hits = 0;
        for (var seen : interval.members()) {
            expected += interval.shareOfOthers(seen, fromMillis, toMillis);
            long delay = seen.conversion().delayMillis();
            hits += delay >= fromMillis && delay <= toMillis ? 1 : 0;
        }
        return Math.max(0, hits - expected) / Math.sqrt(expected + 0.5);
    }

    private static double above(
            Interval interval,
            ToLongFunction<Converted> amount,
            Function<Cohort.Shape, LogHistogram> histogram) {
        double sum = 0;
        for (int i = 0; i < interval.size(); i++) {
            sum += Math.clamp(interval.aboveOthers(i, amount, histogram), 0, ABOVE_LOG_MAX);
        }
        return 8 * sum / interval.size();
    }

    private static int alike(Interval interval, int member) {
        long delay = interval.conversion(member).delayMillis();
        return interval.count(
                i -> Math.abs(interval.conversion(i).delayMillis() - delay) <= ALIKE * delay);
    }
}
