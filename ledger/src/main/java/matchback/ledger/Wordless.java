package matchback.ledger;

/// An exception for the log: what it was and where it came from, without its message, which may
/// quote what a caller sent.
public final class Wordless extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int CAUSES_MAX = 8;

    private Wordless(Throwable of, int depth) {
        super(of.getClass().getName());
        setStackTrace(of.getStackTrace());
        var cause = of.getCause();
        if (cause != null && depth < CAUSES_MAX) {
            initCause(new Wordless(cause, depth + 1));
        }
    }

    public static Throwable of(Throwable exception) {
        return new Wordless(exception, 0);
    }
}
