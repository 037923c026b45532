package matchback.simulation;

import java.util.List;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/// Draws one of several.
final class Drawing {
    private Drawing() {}

    static <T> T byWeight(List<T> choices, ToIntFunction<T> weight, RandomGenerator random) {
        int drawn = random.nextInt(choices.stream().mapToInt(weight).sum());
        for (var choice : choices) {
            drawn -= weight.applyAsInt(choice);
            if (drawn < 0) {
                return choice;
            }
        }
        throw new IllegalStateException("drew beyond the sum of the weights");
    }

    static <T> T any(List<T> choices, RandomGenerator random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
