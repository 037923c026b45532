package matchback.server;

import picocli.CommandLine.Model.OptionSpec;

/// The two shapes that nearly every option of a command has.
final class Options {
    private Options() {}

    /// One that is there or is not.
    static OptionSpec flag(String name, String meaning) {
        return OptionSpec.builder(name).type(boolean.class).description(meaning).build();
    }

    /// One with a value.
    static OptionSpec text(String name, String meaning) {
        return OptionSpec.builder(name)
                .type(String.class)
                .paramLabel("<value>")
                .description(meaning)
                .build();
    }
}
