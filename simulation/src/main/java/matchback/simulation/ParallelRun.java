package matchback.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/// A month in which a browser's pixel and the sender's server report the same conversions side by
/// side, and each of them misses some: what is lost is planted, and told beside the acts.
///
/// Every buyer buys once per visit. A server that is late is less than a day late, so that the two
/// reports of one conversion can always be told to be one. The pixel's losses fall on kinds of
/// devices unevenly; how unevenly is drawn from the seed.
///
/// @param conversions that truly happened
/// @param seenByPixel how many of them the pixel reports
/// @param onlyPixel how many of those the server never reports
/// @param visitsEach visits for each conversion
public record ParallelRun(
        long seed, Shape shape, int conversions, int seenByPixel, int onlyPixel, int visitsEach) {
    private static final double PIXEL_WITHOUT_TXID = 0.4;
    private static final double SERVER_WITHOUT_TXID = 0.03;
    private static final double SERVER_LATE = 0.06;

    public ParallelRun {
        if (onlyPixel < 0 || seenByPixel < onlyPixel || conversions < seenByPixel) {
            throw new IllegalArgumentException(
                    "%d only by the pixel of %d seen of %d conversions; none may be more than the next"
                            .formatted(onlyPixel, seenByPixel, conversions));
        }
        if (visitsEach < 1) {
            throw new IllegalArgumentException(visitsEach + " visits a conversion; at least 1");
        }
    }

    /// Thirty days with numbers drawn from the seed: 1,800 to 3,000 conversions of which the pixel
    /// sees 70 to 85 %, 1 to 4 % of these it alone.
    public static ParallelRun drawn(long seed, Instant from) {
        var random = new SplittableRandom(seed);
        int conversions = random.nextInt(1800, 3001);
        int seen = (int) (conversions * random.nextDouble(0.70, 0.85));
        int only = (int) (seen * random.nextDouble(0.01, 0.04));
        var shape = Shape.usual(from, Duration.ofDays(30), 0);
        return new ParallelRun(random.nextLong(), shape, conversions, seen, only, 10);
    }

    /// @param acts in the order of their times
    public record Planted(List<Act> acts, Truth truth) {
        public Planted {
            acts = List.copyOf(acts);
        }
    }

    /// What truly happened.
    ///
    /// @param devices the same for each kind of device, in the order of [Device#ALL]
    /// @param pixelsWithoutTxid reports by the pixel that name no transaction
    /// @param serversWithoutTxid and by the server
    /// @param late reports by the server that came an hour or more after the conversion
    public record Truth(
            Counts all,
            List<OfDevice> devices,
            int pixelsWithoutTxid,
            int serversWithoutTxid,
            int late) {
        public Truth {
            devices = List.copyOf(devices);
        }
    }

    public record OfDevice(Device device, Counts counts) {}

    /// Conversions by who reported them.
    public record Counts(int both, int onlyServer, int onlyPixel) {
        public int all() {
            return both + onlyServer + onlyPixel;
        }
    }

    private enum Seen {
        BOTH,
        ONLY_SERVER,
        ONLY_PIXEL
    }

    private record Told(Device device, Seen seen) {}

    private record Sale(Visit visit, Report byServer, Report byPixel) {}

    /// Makes it up. The same run gives the same every time.
    public Planted plant() {
        var random = new SplittableRandom(seed);
        var acts = new ArrayList<Act>();
        var sales = sales(random.split(), acts);
        var lost = lost(sales, random.split());
        var alone = alone(sales, lost, random.split());
        var all = new ArrayList<Told>();
        int pixels = 0;
        int servers = 0;
        int late = 0;
        for (var sale : sales) {
            var seen =
                    lost.contains(sale)
                            ? Seen.ONLY_SERVER
                            : alone.contains(sale) ? Seen.ONLY_PIXEL : Seen.BOTH;
            all.add(new Told(sale.visit().device(), seen));
            if (seen != Seen.ONLY_SERVER) {
                acts.add(sale.byPixel());
                pixels += sale.byPixel().txid().isEmpty() ? 1 : 0;
            }
            if (seen != Seen.ONLY_PIXEL) {
                var report = sale.byServer();
                acts.add(report);
                servers += report.txid().isEmpty() ? 1 : 0;
                late += report.at().isBefore(report.happenedAt().plusSeconds(3600)) ? 0 : 1;
            }
        }
        acts.sort(Comparator.comparing(Act::at));
        return new Planted(acts, truth(all, pixels, servers, late));
    }

    private static Truth truth(List<Told> all, int pixels, int servers, int late) {
        var devices =
                Device.ALL.stream()
                        .map(device -> new OfDevice(device, counts(of(device, all))))
                        .toList();
        return new Truth(counts(all), devices, pixels, servers, late);
    }

    private static List<Told> of(Device device, List<Told> all) {
        return all.stream().filter(told -> told.device().equals(device)).toList();
    }

    private static Counts counts(List<Told> told) {
        return new Counts(
                count(told, Seen.BOTH),
                count(told, Seen.ONLY_SERVER),
                count(told, Seen.ONLY_PIXEL));
    }

    private static int count(List<Told> all, Seen seen) {
        return (int) all.stream().filter(told -> told.seen() == seen).count();
    }

    /// All visits go to the acts; of every `visitsEach` one buys.
    private List<Sale> sales(SplittableRandom random, List<Act> acts) {
        var people = new People(shape, random.split());
        var journeys = new Journeys(shape, random.split());
        var agenda = new Agenda();
        var sales = new ArrayList<Sale>();
        for (int i = 0; i < conversions * visitsEach; i++) {
            var visitor = people.somebodyNew();
            var campaign =
                    Drawing.byWeight(shape.market().campaigns(), Market.Campaign::weight, random);
            var source = shape.market().source(campaign.source());
            var publisher = source.publisher(random.nextInt(1, source.publishers() + 1));
            var visit =
                    journeys.visit(
                            agenda,
                            time(visitor, random),
                            Label.HONEST,
                            campaign,
                            publisher,
                            visitor);
            acts.add(visit);
            if (i % visitsEach == 0) {
                sales.add(sale(journeys, agenda, visit, random));
            }
        }
        return sales;
    }

    private Sale sale(Journeys journeys, Agenda agenda, Visit visit, SplittableRandom random) {
        var offer = shape.market().offer(visit.offer());
        var happenedAt = visit.at().plus(Delay.of(offer.event()).draw(random));
        var price = journeys.price(offer);
        boolean isNamed = random.nextDouble() >= SERVER_WITHOUT_TXID;
        var txid = journeys.txid(offer);
        var soon = journeys.report(agenda, visit, happenedAt, price, isNamed ? txid : "");
        var after =
                random.nextDouble() < SERVER_LATE
                        ? Duration.ofMinutes(random.nextLong(60, 20 * 60))
                        : Duration.ofMillis(random.nextLong(400, 15_000));
        var byServer = soon.at(happenedAt.plus(after));
        var byPixel =
                new Report(
                        Report.Feed.PIXEL,
                        happenedAt.plusMillis(random.nextLong(200, 3000)),
                        Label.HONEST,
                        visit.number(),
                        "",
                        byServer.conversion(),
                        "",
                        offer.event(),
                        "",
                        random.nextDouble() < PIXEL_WITHOUT_TXID ? "" : txid,
                        "",
                        price.value(),
                        byServer.currency(),
                        happenedAt,
                        1);
        return new Sale(visit, byServer, byPixel);
    }

    /// Some time of the run at which somebody may well be awake.
    private Instant time(Visitor visitor, SplittableRandom random) {
        while (true) {
            var at = shape.from().plusMillis(random.nextLong(shape.length().toMillis()));
            if (random.nextDouble() < DayCurve.share(at, visitor.zone())) {
                return at;
            }
        }
    }

    /// Which conversions the pixel misses: the number is given, the kinds of devices weigh.
    private Set<Sale> lost(List<Sale> sales, SplittableRandom random) {
        double[] weights =
                Device.ALL.stream().mapToDouble(_ -> random.nextDouble(0.15, 1)).toArray();
        return drawn(sales, conversions - seenByPixel, weights, random);
    }

    private Set<Sale> alone(List<Sale> sales, Set<Sale> lost, SplittableRandom random) {
        var seen = sales.stream().filter(sale -> !lost.contains(sale)).toList();
        double[] same = Device.ALL.stream().mapToDouble(_ -> 1).toArray();
        return drawn(seen, onlyPixel, same, random);
    }

    /// So many of them, the likelier the more the device weighs: those with the highest
    /// `u^(1/weight)` (Efraimidis and Spirakis, 2006).
    private static Set<Sale> drawn(
            List<Sale> sales, int number, double[] weights, SplittableRandom random) {
        record Keyed(Sale sale, double key) {}
        var keyed = new ArrayList<Keyed>();
        for (var sale : sales) {
            double weight = weights[Device.ALL.indexOf(sale.visit().device())];
            keyed.add(new Keyed(sale, Math.pow(random.nextDouble(), 1 / weight)));
        }
        keyed.sort(Comparator.comparingDouble(Keyed::key).reversed());
        var drawn = new HashSet<Sale>();
        keyed.subList(0, number).forEach(k -> drawn.add(k.sale()));
        return drawn;
    }
}
