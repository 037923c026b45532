package matchback.ingest.visitor;

/// A file the operator pointed to cannot be used. The message names it, says why and what to do.
public final class UnusableFile extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnusableFile(String message) {
        super(message);
    }

    public UnusableFile(String message, Throwable cause) {
        super(message, cause);
    }

    static String cause(Throwable e) {
        var message = e.getMessage();
        if (e instanceof java.nio.file.NoSuchFileException) {
            return "there is no such file";
        }
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
