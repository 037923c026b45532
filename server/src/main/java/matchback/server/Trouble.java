package matchback.server;

/// Says in one line why something could not be done.
final class Trouble {
    private Trouble() {}

    /// The first cause that says something; its kind, where its message alone says too little.
    static String oneLine(Throwable trouble) {
        var cause = trouble;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        var message = cause.getMessage();
        var kind = cause.getClass().getSimpleName();
        if (message == null || message.isBlank()) {
            return kind;
        }
        var line = message.strip().lines().findFirst().orElse(kind);
        boolean isSentence = line.contains(" ");
        return isSentence ? line : kind + ": " + line;
    }
}
