package matchback.store.embedded;

/// The data folder cannot be used: in use elsewhere, of a newer format, unreadable, damaged. The
/// message is one sentence for the operator.
public final class StoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreFailure(String message) {
        super(message);
    }

    public StoreFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
