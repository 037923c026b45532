package matchback.validate;

/// Amounts as figures that classes are made of.
final class Amounts {
    private static final double MICROS_PER_THOUSANDTH = 1000;

    private Amounts() {}

    static int classOf(long micros) {
        return LogHistogram.classOf(micros / MICROS_PER_THOUSANDTH);
    }
}
