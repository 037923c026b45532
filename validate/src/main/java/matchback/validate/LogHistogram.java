package matchback.validate;

/// Counts of positive figures in classes of equal ratio: each is a tenth wider than the one before.
/// A figure is known to within 5 %.
final class LogHistogram {
    /// Classes from 1 to about 10^13.
    static final int CLASSES = 300;

    /// Classes in which a figure grows by the factor e.
    static final double PER_E = 10;

    private final int[] counts = new int[CLASSES];
    private int total;

    /// The class of a figure; all below 1 are in the first.
    static int classOf(double figure) {
        return figure <= 1 ? 0 : (int) Math.min(CLASSES - 1.0, 1 + Math.log(figure) * PER_E);
    }

    void add(int of) {
        counts[of]++;
        total++;
    }

    int total() {
        return total;
    }

    /// How many are in classes from one to another, both included.
    int between(int first, int last) {
        int sum = 0;
        for (int i = Math.max(0, first); i <= Math.min(last, CLASSES - 1); i++) {
            sum += counts[i];
        }
        return sum;
    }

    /// The class below which a share of all is.
    int quantile(double share) {
        long wanted = Math.round(total * share);
        int i = 0;
        for (int sum = counts[0]; sum < wanted && i < CLASSES - 1; sum += counts[++i]) {
            // Only adds up.
        }
        return i;
    }

    /// Lets the past count half.
    void halve() {
        total = 0;
        for (int i = 0; i < CLASSES; i++) {
            counts[i] /= 2;
            total += counts[i];
        }
    }
}
