package matchback.model.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// Things to draw from, each with a weight.
record Lots<T>(List<T> things, List<Integer> weights, long sum) {

    /// @param cause `weight 30 of 100`; empty when there was only one
    record Drawn<T>(T what, String cause) {}

    static <T> Lots<T> of(List<T> things, List<Integer> weights) {
        long sum = weights.stream().mapToLong(Integer::longValue).sum();
        return new Lots<>(List.copyOf(things), List.copyOf(weights), sum);
    }

    boolean isEmpty() {
        return things.isEmpty();
    }

    List<Router.Part<T>> parts() {
        var parts = new ArrayList<Router.Part<T>>();
        for (int i = 0; i < things.size(); i++) {
            parts.add(new Router.Part<>(things.get(i), weights.get(i), sum));
        }
        return parts;
    }

    Optional<T> find(Predicate<T> wanted) {
        return things.stream().filter(wanted).findFirst();
    }

    /// Those that are wanted; the same object when all are.
    Lots<T> only(Predicate<T> wanted) {
        if (things.stream().allMatch(wanted)) {
            return this;
        }
        var left = new ArrayList<T>();
        var leftWeights = new ArrayList<Integer>();
        for (int i = 0; i < things.size(); i++) {
            if (wanted.test(things.get(i))) {
                left.add(things.get(i));
                leftWeights.add(weights.get(i));
            }
        }
        return of(left, leftWeights);
    }

    /// Draws one; takes no chance when there is only one.
    Drawn<T> draw(RandomGenerator random) {
        if (things.size() == 1) {
            return new Drawn<>(things.getFirst(), "");
        }
        long left = random.nextLong(sum);
        for (int i = 0; i < things.size(); i++) {
            left -= weights.get(i);
            if (left < 0) {
                return new Drawn<>(things.get(i), "weight " + weights.get(i) + " of " + sum);
            }
        }
        throw new IllegalStateException("weights do not add up to " + sum);
    }
}
