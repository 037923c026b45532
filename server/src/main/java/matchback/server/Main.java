package matchback.server;

/// The one program. See [Commands] for what it can do.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var commands = new Commands(System.getenv(), System.out, System.err);
        System.exit(commands.run(arguments));
    }
}
