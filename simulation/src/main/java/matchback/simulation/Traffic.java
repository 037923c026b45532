package matchback.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Visits and reports of them, made up from a seed.
///
/// The honest part is the same with and without attacks, except that visits and conversions are
/// numbered through.
public record Traffic(long seed, Shape shape, List<Attack> attacks) {

    public Traffic {
        attacks = List.copyOf(attacks);
        for (var attack : attacks) {
            shape.market().campaigns(attack.source());
        }
    }

    /// All acts in the order of their times, made as they are asked for. It ends when all that was
    /// visited within the shape's length is reported; some of that is weeks later.
    public Stream<Act> acts() {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        new Acts(actors()), Spliterator.ORDERED | Spliterator.NONNULL),
                false);
    }

    private List<Actor> actors() {
        var seeds = new SplittableRandom(seed);
        var actors = new ArrayList<Actor>();
        actors.add(new Crowd(shape, seeds.split()));
        for (var attack : attacks) {
            actors.add(new Attacker(shape, attack, seeds.split()));
        }
        return actors;
    }

    /// Lets whoever is next act, until nothing can come before what is first on the agenda.
    private static final class Acts implements Iterator<Act> {
        private final List<Actor> actors;
        private final Agenda agenda = new Agenda();

        Acts(List<Actor> actors) {
            this.actors = actors;
        }

        @Override
        public boolean hasNext() {
            var next = nextActor();
            while (next != null && !agenda.isDue(next.at())) {
                next.actor().act(agenda);
                next = nextActor();
            }
            return !agenda.isEmpty();
        }

        @Override
        public Act next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the traffic is over");
            }
            return agenda.take();
        }

        private record Turn(Actor actor, Instant at) {}

        private @Nullable Turn nextActor() {
            Turn first = null;
            for (var actor : actors) {
                var at = actor.next();
                if (at != null && (first == null || at.isBefore(first.at()))) {
                    first = new Turn(actor, at);
                }
            }
            return first;
        }
    }
}
