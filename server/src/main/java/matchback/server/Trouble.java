package matchback.server;

import matchback.store.embedded.StoreFailure;

/// Says in one line why something could not be done.
final class Trouble {
    private Trouble() {}

    /// What was said for the operator; else the first cause, with its kind where its message alone
    /// says too little.
    static String oneLine(Throwable trouble) {
        var cause = trouble;
        while (!isForOperators(cause) && cause.getCause() != null) {
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

    private static boolean isForOperators(Throwable trouble) {
        return trouble instanceof StartFailure || trouble instanceof StoreFailure;
    }
}
