package matchback.validate;

import com.amazon.randomcutforest.RandomCutForest;
import java.util.Arrays;

/// A Random Cut Forest over the figures of intervals, with what its scores usually are. The score
/// of a point is how much it takes to cut it off from the others.
///
/// Seeded, and grown in one thread: the same points in the same order give the same scores.
final class Forest {
    private static final int TREES = 40;
    private static final int SAMPLE = 256;

    /// Points before the scores say anything.
    private static final int RIPE = 48;

    private static final int SCORES = 256;
    private static final double DEVIATION_MIN = 0.15;

    /// Of a normal distribution, over its median absolute deviation.
    private static final double DEVIATION_OVER_MEDIAN = 1.4826;

    private final RandomCutForest trees;
    private final double[] scores = new double[SCORES];
    private int scored;
    private int points;

    /// @param score of the point
    /// @param usual score, in the middle
    /// @param above how many deviations the score is above the usual
    record Verdict(double score, double usual, double above) {}

    Forest(int dimensions, long seed) {
        trees =
                RandomCutForest.builder()
                        .dimensions(dimensions)
                        .numberOfTrees(TREES)
                        .sampleSize(SAMPLE)
                        .outputAfter(RIPE / 2)
                        .randomSeed(seed)
                        .parallelExecutionEnabled(false)
                        .build();
    }

    boolean isRipe() {
        return points >= RIPE;
    }

    /// How unlike those it knows a point is. Nothing is learnt of it.
    Verdict judge(float[] point) {
        double score = trees.getAnomalyScore(point);
        int n = Math.min(scored, SCORES);
        if (n < RIPE / 2) {
            return new Verdict(score, score, 0);
        }
        double usual = median(Arrays.copyOf(scores, n));
        double deviation =
                median(Arrays.stream(scores, 0, n).map(s -> Math.abs(s - usual)).toArray());
        double above = (score - usual) / Math.max(DEVIATION_MIN, deviation * DEVIATION_OVER_MEDIAN);
        return new Verdict(score, usual, above);
    }

    /// How much each figure has to do with the score, 0 to 1; together 1.
    double[] shares(float[] point) {
        var parts = trees.getAnomalyAttribution(point);
        double sum = Math.max(Double.MIN_NORMAL, parts.getHighLowSum());
        var shares = new double[point.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = parts.getHighLowSum(i) / sum;
        }
        return shares;
    }

    void learn(float[] point) {
        if (trees.isOutputReady()) {
            scores[scored % SCORES] = trees.getAnomalyScore(point);
            scored++;
        }
        trees.update(point);
        points++;
    }

    private static double median(double[] of) {
        Arrays.sort(of);
        return of[of.length / 2];
    }
}
