package matchback.store.embedded.duck;

/// @param threads one question may use; 1 keeps clicks fast on a small machine
/// @param memoryMiB for questions and the write buffer together; what does not fit goes to disk
/// @param readersMax questions at the same time; more wait
public record DuckConfig(int threads, int memoryMiB, int readersMax) {
    public static final DuckConfig DEFAULT = new DuckConfig(1, 512, 4);

    public DuckConfig {
        if (threads < 1 || memoryMiB < 64 || readersMax < 1) {
            throw new IllegalArgumentException(
                    "%d threads, %d MiB, %d readers; expected at least 1, 64 and 1"
                            .formatted(threads, memoryMiB, readersMax));
        }
    }
}
