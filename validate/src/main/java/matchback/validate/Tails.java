package matchback.validate;

/// How unlikely a figure is by accident. All results are natural logarithms of probabilities, so
/// that the very unlikely can be told from the unlikely; errors are below 1e-9 relative.
final class Tails {
    private static final int DIGITS_SHOWN_MAX = 30;
    private static final double LOG_TINY = Math.log(1e-18);

    private Tails() {}

    /// The chance of at least `k` hits in `n` draws that hit with chance `p`.
    static double binomialUpper(int k, int n, double p) {
        if (k <= 0 || p >= 1) {
            return 0;
        }
        if (k > n || p <= 0) {
            return Double.NEGATIVE_INFINITY;
        }
        double odds = p / (1 - p);
        double first = logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p);
        double sum = 1;
        double term = 1;
        for (int i = k; i < n; i++) {
            term *= odds * (n - i) / (i + 1);
            sum += term;
            if (term < sum * 1e-12) {
                break;
            }
        }
        return Math.min(0, first + Math.log(sum));
    }

    /// The chance of at least `k` events where `mean` are expected.
    static double poissonUpper(int k, double mean) {
        if (k <= 0) {
            return 0;
        }
        if (mean <= 0) {
            return Double.NEGATIVE_INFINITY;
        }
        double first = k * Math.log(mean) - mean - logFactorial(k);
        double sum = 1;
        double term = 1;
        for (int i = k + 1; term > sum * 1e-12; i++) {
            term *= mean / i;
            sum += term;
        }
        return Math.min(0, first + Math.log(sum));
    }

    /// The chance of at most `k` events where `mean` are expected.
    static double poissonLower(int k, double mean) {
        double sum = 0;
        double term = 1;
        for (int i = k; i >= 0 && term > sum * 1e-12; i--) {
            sum += term;
            term *= i / mean;
        }
        return Math.min(0, k * Math.log(mean) - mean - logFactorial(k) + Math.log(sum));
    }

    /// The chance that a standard normal value is above `z`.
    static double normalUpper(double z) {
        if (z < 0) {
            return 0;
        }
        // Mills' ratio bounds it from above; good enough where it matters, far out.
        return Math.max(LOG_TINY * 40, -z * z / 2 - Math.log(z + Math.sqrt(z * z + 1.6)) - 0.2257);
    }

    /// Digits of certainty: 7 for one chance in ten million.
    static double digits(double logChance) {
        return -logChance / Math.log(10);
    }

    /// `less than 1 in 10^7 by accident`
    static String certainty(double digits) {
        return "less than 1 in 10^%d by accident"
                .formatted((int) Math.min(DIGITS_SHOWN_MAX, digits));
    }

    static double logChoose(int n, int k) {
        return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
    }

    private static double logFactorial(int n) {
        return logGamma(n + 1.0);
    }

    /// Stirling's series after lifting the argument above 8; relative error below 1e-12.
    static double logGamma(double x) {
        double shift = 0;
        double lifted = x;
        while (lifted < 8) {
            shift += Math.log(lifted);
            lifted++;
        }
        double inverse = 1 / lifted;
        double square = inverse * inverse;
        double series =
                inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
        return (lifted - 0.5) * Math.log(lifted)
                - lifted
                + 0.5 * Math.log(2 * Math.PI)
                + series
                - shift;
    }
}
