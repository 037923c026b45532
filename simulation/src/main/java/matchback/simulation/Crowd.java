package matchback.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The honest visitors, and their senders.
///
/// Visits are a Poisson process: candidates come at the highest rate of a day, each is kept as the
/// hour where the visitor lives allows.
final class Crowd implements Actor {
    /// How much better or worse one publisher's visitors convert than another's: sigma of the
    /// logarithm.
    private static final double PUBLISHER_SPREAD = 0.35;

    /// Some publishers are large, most are small: the share of the next is smaller by this.
    private static final double PUBLISHER_DECLINE = 0.86;

    private final Shape shape;
    private final SplittableRandom random;
    private final People people;
    private final Journeys journeys;
    private final Map<String, Double> quality = new HashMap<>();
    private final double candidatesPerMilli;
    private @Nullable Instant next;
    private Visitor visitor;

    Crowd(Shape shape, SplittableRandom random) {
        this.shape = shape;
        this.random = random;
        this.people = new People(shape, random.split());
        this.journeys = new Journeys(shape, random.split());
        for (var source : shape.market().sources()) {
            for (int number = 1; number <= source.publishers(); number++) {
                quality.put(
                        source.publisher(number),
                        Math.exp(random.nextGaussian() * PUBLISHER_SPREAD));
            }
        }
        this.candidatesPerMilli =
                shape.visitsPerDay() * DayCurve.PEAK / Duration.ofDays(1).toMillis();
        this.visitor = people.anybody();
        this.next = nextVisit(shape.from());
    }

    @Override
    public @Nullable Instant next() {
        return next;
    }

    @Override
    public void act(Agenda agenda) {
        var at = Objects.requireNonNull(next, "asked to act when it is done");
        var campaign =
                Drawing.byWeight(shape.market().campaigns(), Market.Campaign::weight, random);
        var publisher = publisher(shape.market().source(campaign.source()));
        var visit = journeys.visit(agenda, at, Label.HONEST, campaign, publisher, visitor);
        double chance = chance(campaign, visit.creative()) * quality.getOrDefault(publisher, 1.0);
        if (random.nextDouble() < chance) {
            var offer = shape.market().offer(campaign.offer());
            journeys.convert(agenda, visit, at.plus(Delay.of(offer.event()).draw(random)));
        }
        next = nextVisit(at);
    }

    private @Nullable Instant nextVisit(Instant after) {
        if (candidatesPerMilli == 0) {
            return null;
        }
        double millis = 0;
        while (true) {
            millis += random.nextExponential() / candidatesPerMilli;
            var at = after.plusMillis(Math.round(millis));
            if (!at.isBefore(shape.to())) {
                return null;
            }
            visitor = people.anybody();
            if (random.nextDouble() < DayCurve.share(at, visitor.zone())) {
                return at;
            }
        }
    }

    private String publisher(Market.Source source) {
        int number = 1;
        while (number < source.publishers() && random.nextDouble() < PUBLISHER_DECLINE) {
            number++;
        }
        return source.publisher(number);
    }

    private static double chance(Market.Campaign campaign, String creative) {
        return campaign.creatives().stream()
                .filter(c -> c.name().equals(creative))
                .mapToDouble(Market.Creative::chance)
                .findFirst()
                .orElseThrow();
    }
}
