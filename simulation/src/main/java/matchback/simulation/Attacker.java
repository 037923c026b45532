package matchback.simulation;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// One attack, from its first act to its last. How often it acts and what it does then is its
/// kind's.
final class Attacker implements Actor {
    /// Clicks without a conversion for each with one.
    private static final int FLOOD = 250;

    /// The same for those that want to look like others.
    private static final int COVER = 12;

    /// Devices in a room.
    private static final int ROOM_MIN = 12;

    private static final int ROOM_MAX = 25;

    /// Ids that a guesser tries in one go.
    private static final int GUESSES = 20;

    private static final Duration FLOOD_DELAY_MAX = Duration.ofDays(2);
    private static final Duration MACHINE_DELAY = Duration.ofSeconds(95);

    private final Shape shape;
    private final Attack attack;
    private final SplittableRandom random;
    private final People people;
    private final Journeys journeys;
    private final List<Market.Campaign> campaigns;
    private final Instant to;
    private final Visitor machine;
    private @Nullable Instant next;

    Attacker(Shape shape, Attack attack, SplittableRandom random) {
        this.shape = shape;
        this.attack = attack;
        this.random = random;
        this.people = new People(shape, random.split());
        this.journeys = new Journeys(shape, random.split());
        this.campaigns = shape.market().campaigns(attack.source());
        this.to = shape.from().plus(attack.after()).plus(attack.lasts());
        this.machine = people.somebodyNew();
        this.next = first(shape.from().plus(attack.after()));
    }

    @Override
    public @Nullable Instant next() {
        return next;
    }

    @Override
    public void act(Agenda agenda) {
        var at = Objects.requireNonNull(next, "asked to act when it is done");
        switch (attack.kind()) {
            case HONEST -> throw new IllegalStateException("no attack is honest");
            case CLICK_INJECTION -> inject(agenda, at);
            case CLICK_FLOODING -> flood(agenda, at);
            case ADDRESS_CLUSTER -> cluster(agenda, at);
            case VALUE_STUFFING -> stuff(agenda, at);
            case RECYCLED_TXIDS -> recycle(agenda, at);
            case CLICK_ID_GUESSING -> guess(agenda, at);
            case MACHINE_RHYTHM -> tick(agenda, at);
        }
        next = following(at);
    }

    /// When it acts after a time: a machine in equal steps, a flood at any hour, the others as
    /// those do whom they hide among.
    private @Nullable Instant following(Instant after) {
        double step = step();
        double wait =
                switch (attack.kind()) {
                    case MACHINE_RHYTHM -> step * (0.99 + 0.02 * random.nextDouble());
                    case HONEST,
                            CLICK_INJECTION,
                            CLICK_FLOODING,
                            ADDRESS_CLUSTER,
                            VALUE_STUFFING,
                            RECYCLED_TXIDS,
                            CLICK_ID_GUESSING ->
                            step * random.nextExponential();
                };
        var at = after.plusMillis(Math.max(1, Math.round(wait)));
        return at.isBefore(to) ? at : null;
    }

    /// Soon enough that there is a first act, however few there are.
    private Instant first(Instant begins) {
        double within = Math.min(step(), (double) attack.lasts().toMillis());
        return begins.plusMillis((long) (within * random.nextDouble()));
    }

    /// Milliseconds from one act to the next, on average.
    private double step() {
        return attack.lasts().toMillis() / (attack.conversions() * actsEach());
    }

    /// Acts for each conversion.
    private double actsEach() {
        return switch (attack.kind()) {
            case CLICK_FLOODING -> FLOOD;
            case ADDRESS_CLUSTER -> 2.0 / (ROOM_MIN + ROOM_MAX);
            case CLICK_ID_GUESSING -> 1.0 / GUESSES;
            case HONEST, CLICK_INJECTION, VALUE_STUFFING, RECYCLED_TXIDS, MACHINE_RHYTHM -> 1;
        };
    }

    /// The install was under way; the click comes seconds before its end.
    private void inject(Agenda agenda, Instant at) {
        var visit = visit(agenda, at, people.somebodyNew());
        sell(agenda, visit, at.plusMillis(2000 + Math.round(random.nextDouble() * 7000)));
    }

    /// One of many clicks in the name of people who know nothing of it; a few buy anyway.
    private void flood(Agenda agenda, Instant at) {
        var visit = visit(agenda, at, people.somebodyNew());
        if (random.nextInt(FLOOD) == 0) {
            sell(
                    agenda,
                    visit,
                    at.plusMillis(10_000 + random.nextLong(FLOOD_DELAY_MAX.toMillis())));
        }
    }

    /// All of a room click, and convert, within seconds.
    private void cluster(Agenda agenda, Instant at) {
        var address = people.homeAddress();
        var country = people.country();
        int devices = random.nextInt(ROOM_MIN, ROOM_MAX + 1);
        for (int i = 0; i < devices; i++) {
            var clicked = at.plusMillis(random.nextLong(8000));
            var visit = visit(agenda, clicked, people.somebodyAt(address, country));
            sell(agenda, visit, clicked.plusMillis(20_000 + random.nextLong(25_000)));
        }
        cover(agenda, at);
    }

    /// A true buyer, a false amount.
    private void stuff(Agenda agenda, Instant at) {
        cover(agenda, at);
        var visit = visit(agenda, at, people.somebodyNew());
        var offer = offer(visit);
        var honest = journeys.price(offer);
        double factor = 4 + 5 * random.nextDouble();
        var price =
                new Journeys.Price(times(honest.payout(), factor), times(honest.value(), factor));
        report(agenda, visit, at.plus(usualDelay(offer)), price, journeys.txid(offer));
    }

    /// A click that leads to nothing, and a sale of somebody else's.
    private void recycle(Agenda agenda, Instant at) {
        cover(agenda, at);
        var visit = visit(agenda, at, people.somebodyNew());
        var offer = offer(visit);
        var old = agenda.past(offer.sender(), random);
        if (old != null) {
            var price = new Journeys.Price(old.payout(), old.value());
            report(agenda, visit, at.plus(usualDelay(offer)), price, old.txid());
        }
    }

    /// No click at all: ids of the right form, one after the other.
    private void guess(Agenda agenda, Instant at) {
        var offer = shape.market().offer(Drawing.any(campaigns, random).offer());
        var time = at;
        for (int i = 0; i < GUESSES; i++) {
            time = time.plusMillis(random.nextLong(50, 1500));
            agenda.add(
                    new Report(
                            Report.Feed.SERVER,
                            time,
                            attack.kind(),
                            0,
                            Guess.of(time.minusSeconds(random.nextLong(86_400)), random),
                            agenda.newConversion(),
                            offer.sender(),
                            offer.event(),
                            "approved",
                            journeys.txid(offer),
                            journeys.price(offer).payout(),
                            "",
                            "USD",
                            time,
                            1));
        }
    }

    /// A program on hired addresses, always the same device, always as fast.
    private void tick(Agenda agenda, Instant at) {
        cover(agenda, at);
        var hired = people.somebodyAt(people.homeAddress(), people.country());
        var device =
                new Visitor(
                        hired.name(),
                        hired.country(),
                        hired.address(),
                        machine.device(),
                        machine.userAgent(),
                        false);
        var visit = visit(agenda, at, device);
        sell(agenda, visit, at.plus(MACHINE_DELAY).plusMillis(random.nextLong(1500)));
    }

    /// Clicks that lead to nothing, so that the rate of conversions looks like that of others.
    private void cover(Agenda agenda, Instant at) {
        long spread = Math.max(1000, attack.lasts().toMillis() / attack.conversions());
        for (int i = 0; i < COVER; i++) {
            visit(agenda, at.plusMillis(random.nextLong(spread)), people.somebodyNew());
        }
    }

    private Visit visit(Agenda agenda, Instant at, Visitor visitor) {
        var campaign = Drawing.byWeight(campaigns, Market.Campaign::weight, random);
        return journeys.visit(agenda, at, attack.kind(), campaign, attack.publisher(), visitor);
    }

    private void sell(Agenda agenda, Visit visit, Instant happenedAt) {
        var offer = offer(visit);
        report(agenda, visit, happenedAt, journeys.price(offer), journeys.txid(offer));
    }

    private void report(Agenda agenda, Visit visit, Instant at, Journeys.Price price, String txid) {
        journeys.add(agenda, journeys.report(agenda, visit, at, price, txid));
    }

    private Market.Offer offer(Visit visit) {
        return shape.market().offer(visit.offer());
    }

    private Duration usualDelay(Market.Offer offer) {
        return Delay.of(offer.event()).draw(random);
    }

    private static String times(String amount, double factor) {
        return amount.isEmpty()
                ? ""
                : Journeys.cents(new BigDecimal(amount).doubleValue() * factor).toPlainString();
    }
}
