package matchback.simulation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// What becomes of people: their visits, what they buy, and what the senders report of it.
final class Journeys {
    /// How the values of orders spread about the usual one: sigma of their logarithm.
    private static final double BASKET_SPREAD = 0.5;

    private static final double REJECTED_SHARE = 0.22;
    private static final double REBILL_SHARE = 0.6;
    private static final int REBILLS_MAX = 3;
    private static final Duration REBILLED_AFTER = Duration.ofDays(7);
    private static final String CURRENCY = "USD";

    private final Shape shape;
    private final RandomGenerator random;

    Journeys(Shape shape, RandomGenerator random) {
        this.shape = shape;
        this.random = random;
    }

    /// @param payout and
    /// @param value as decimals; empty when there is none
    record Price(String payout, String value) {}

    Visit visit(
            Agenda agenda,
            Instant at,
            Label label,
            Market.Campaign campaign,
            String publisher,
            Visitor visitor) {
        var visit =
                new Visit(
                        agenda.newVisit(),
                        at,
                        label,
                        campaign.key(),
                        campaign.source(),
                        campaign.offer(),
                        Drawing.any(campaign.creatives(), random).name(),
                        publisher,
                        Long.toString(random.nextLong(1L << 50, 1L << 55), 36),
                        visitor.country().code(),
                        visitor.name(),
                        visitor.address(),
                        visitor.device(),
                        visitor.userAgent(),
                        visitor.isBehindCarrier());
        agenda.add(visit);
        return visit;
    }

    /// A conversion as honest senders report it: soon, sometimes late, sometimes twice, decided
    /// later where the offer is, given back now and then, billed again where it is a subscription.
    void convert(Agenda agenda, Visit visit, Instant happenedAt) {
        var offer = shape.market().offer(visit.offer());
        var first = report(agenda, visit, happenedAt, price(offer), txid(offer));
        add(agenda, first);
        if (offer.isDecidedLater()) {
            var word = random.nextDouble() < REJECTED_SHARE ? "rejected" : "approved";
            add(agenda, later(first, word, Delay.DECISION.draw(random)));
        } else if (offer.basket() > 0 && random.nextDouble() < shape.refundShare()) {
            var after = Duration.ofHours(random.nextLong(20, 14 * 24));
            add(agenda, later(first, "refund", after));
        }
        if (offer.isRebilled()) {
            rebill(agenda, visit, offer, happenedAt);
        }
    }

    /// The first report of a conversion, on its way soon after it happened, or late.
    Report report(Agenda agenda, Visit visit, Instant happenedAt, Price price, String txid) {
        var offer = shape.market().offer(visit.offer());
        return new Report(
                Report.Feed.SERVER,
                happenedAt.plus(lag()),
                visit.label(),
                visit.number(),
                "",
                agenda.newConversion(),
                offer.sender(),
                offer.event(),
                offer.isDecidedLater() ? "pending" : "approved",
                txid,
                price.payout(),
                price.value(),
                CURRENCY,
                happenedAt,
                1);
    }

    /// Sends it, and again when the sender did not hear the answer.
    void add(Agenda agenda, Report report) {
        agenda.add(report);
        if (random.nextDouble() < shape.retryShare()) {
            agenda.add(report.again(report.at().plusSeconds(random.nextLong(20, 900))));
        }
    }

    Price price(Market.Offer offer) {
        if (offer.basket() == 0) {
            return new Price(offer.payout(), "");
        }
        var value = cents(offer.basket() * Math.exp(random.nextGaussian() * BASKET_SPREAD));
        var payout =
                value.multiply(new BigDecimal(offer.payout()))
                        .movePointLeft(2)
                        .setScale(2, RoundingMode.HALF_UP);
        return new Price(payout.toPlainString(), value.toPlainString());
    }

    String txid(Market.Offer offer) {
        return "%s-%s"
                .formatted(
                        offer.key().replaceFirst("^sim-", ""),
                        Long.toString(random.nextLong(1L << 40, 1L << 45), 36))
                .toUpperCase(Locale.ROOT);
    }

    static BigDecimal cents(double amount) {
        return BigDecimal.valueOf(Math.round(amount * 100), 2);
    }

    private void rebill(Agenda agenda, Visit visit, Market.Offer offer, Instant happenedAt) {
        var at = happenedAt;
        for (int time = 0; time < REBILLS_MAX && random.nextDouble() < REBILL_SHARE; time++) {
            at = at.plus(REBILLED_AFTER).plusSeconds(random.nextLong(3600));
            var first = report(agenda, visit, at, price(offer), txid(offer));
            add(agenda, with(first, "rebill", first.status(), first.at()));
        }
    }

    /// What the sender says of the same conversion afterwards.
    private Report later(Report first, String status, Duration after) {
        return with(first, first.event(), status, first.at().plus(after));
    }

    private static Report with(Report first, String event, String status, Instant at) {
        return new Report(
                first.feed(),
                at,
                first.label(),
                first.visit(),
                first.guess(),
                first.conversion(),
                first.sender(),
                event,
                status,
                first.txid(),
                first.payout(),
                first.value(),
                first.currency(),
                first.happenedAt(),
                1);
    }

    private Duration lag() {
        if (random.nextDouble() < shape.lateShare()) {
            return Duration.ofMinutes(random.nextLong(6 * 60, 72 * 60));
        }
        return Duration.ofMillis(random.nextLong(400, 15_000));
    }
}
