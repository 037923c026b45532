package matchback.server.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Plays an hour: visitors click, some of them buy, senders report it well and badly. A traffic
/// source and a destination are down for some minutes, and another destination refuses an event.
///
/// One thread walks through the hour and hands what is due to virtual threads; a report that
/// follows from a click is planned when the click has been answered.
final class Play {
    static final int MINUTES = 60;
    static final int DOWN_FROM_MINUTE = 24;
    static final int DOWN_TO_MINUTE = 29;
    static final int REFUSED_FROM_MINUTE = 12;
    static final int CRM_DOWN_FROM_MINUTE = 33;
    static final int CRM_DOWN_TO_MINUTE = 47;

    private static final int AT_A_TIME = 24;
    private static final double LAST_MINUTE = 59.5;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /// @param order tells apart what is due at the same time
    private record Planned(double minute, long order, Runnable act) implements Comparable<Planned> {
        @Override
        public int compareTo(Planned other) {
            int byMinute = Double.compare(minute, other.minute);
            return byMinute != 0 ? byMinute : Long.compare(order, other.order);
        }
    }

    private final ApiClient api;
    private final PlaybackClock clock;
    private final RandomGenerator seeds;
    private final Semaphore room = new Semaphore(AT_A_TIME);
    private final PriorityBlockingQueue<Planned> plan = new PriorityBlockingQueue<>();
    private final AtomicLong order = new AtomicLong();
    private final AtomicLong txids = new AtomicLong(1);
    private final ConcurrentLinkedQueue<RuntimeException> troubles = new ConcurrentLinkedQueue<>();

    Play(ApiClient api, PlaybackClock clock, RandomGenerator seeds) {
        this.api = api;
        this.clock = clock;
        this.seeds = seeds;
    }

    /// Returns when the hour is over and everything was answered. Throws the first trouble.
    ///
    /// @param atMinute told at the beginning of each minute
    void run(int clicks, IntConsumer atMinute) {
        for (int i = 0; i < clicks; i++) {
            var random = another();
            // People sleep in no hour, but they come in waves.
            double wave = Math.sin(random.nextDouble() * Math.PI) * 0.25;
            double minute = (random.nextDouble() * 0.75 + wave * random.nextDouble()) * LAST_MINUTE;
            plan(minute, () -> click(Visit.any(random), minute, random));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            walk(threads, atMinute);
        }
        var trouble = troubles.poll();
        if (trouble != null) {
            throw trouble;
        }
    }

    private RandomGenerator another() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seeds.nextLong());
    }

    private void plan(double minute, Runnable act) {
        plan.add(new Planned(Math.min(minute, LAST_MINUTE), order.incrementAndGet(), act));
    }

    private void walk(ExecutorService threads, IntConsumer atMinute) {
        int told = -1;
        while (clock.progress() < 1 || !plan.isEmpty() || room.availablePermits() < AT_A_TIME) {
            double minute = clock.progress() * MINUTES;
            for (int next = told + 1; next <= (int) minute && next <= MINUTES; next++) {
                atMinute.accept(next);
                told = next;
            }
            var due = plan.peek();
            if (due == null || due.minute() > minute) {
                LockSupport.parkNanos(LOOK_NANOS);
                continue;
            }
            plan.poll();
            room.acquireUninterruptibly();
            threads.execute(() -> act(due));
        }
    }

    private void act(Planned planned) {
        try {
            planned.act().run();
        } catch (RuntimeException e) {
            troubles.add(e);
        } finally {
            room.release();
        }
    }

    private void click(Visit visit, double minute, RandomGenerator random) {
        var clickId = Visit.clickId(visit.send(api));
        if (random.nextDouble() < visit.chance()) {
            var offer = Market.offer(visit.campaign().offer());
            double later = minute + 0.5 + Math.abs(random.nextGaussian()) * 6;
            for (var report : reports(offer, clickId, random)) {
                double at = later;
                plan(at, () -> api.get("/postback/" + offer.sender() + "?" + report));
                later += 0.5 + random.nextDouble() * 12;
            }
        }
        if (random.nextInt(250) == 0) {
            plan(minute + 1, () -> api.get("/postback?" + strange(clickId, random)));
        }
    }

    /// What the sender of an offer reports of one buyer, in its order.
    private List<String> reports(Market.Offer offer, String clickId, RandomGenerator random) {
        var name =
                "&txid=%s-%04d"
                        .formatted(
                                offer.key().toUpperCase(java.util.Locale.ROOT),
                                txids.getAndIncrement());
        var id = "clickid=" + clickId + name;
        var reports = new ArrayList<String>();
        if (offer.leadsFirst()) {
            reports.add(id + "&status=lead&payout=" + offer.payout());
            reports.add(id + "&status=" + (random.nextInt(4) == 0 ? "rejected" : "sale"));
        } else {
            reports.add(id + "&status=approved" + payout(offer, random));
        }
        if (random.nextInt(12) == 0) {
            reports.add(reports.getLast());
        }
        if (random.nextInt(40) == 0) {
            reports.add(id + "&status=chargeback");
        }
        return reports;
    }

    private static String payout(Market.Offer offer, RandomGenerator random) {
        return switch (random.nextInt(30)) {
            case 0 -> "&payout=12,,5x";
            case 1 -> "";
            case 2 -> "&payout=%24" + offer.payout();
            case 3 -> "&payout=" + offer.payout().replace(".", ",");
            default -> "&payout=" + offer.payout();
        };
    }

    /// What goes wrong between trackers and networks every day.
    private static String strange(String clickId, RandomGenerator random) {
        return switch (random.nextInt(6)) {
            case 0 -> "clickid=%7Bsub1%7D&payout=18.00&txid=M-1";
            case 1 -> "clickid=%23s2%23&payout=32.00";
            case 2 -> "clickid=" + clickId.substring(0, 20) + "&payout=11.00";
            case 3 -> "clickid=" + clickId.substring(0, 31) + (clickId.endsWith("4") ? '5' : '4');
            case 4 -> "clickid=3fa85f64-5717-4562-b3fc-2c963f66afa6&payout=6.50";
            default -> "clickid=" + clickId + "&status=perhaps&payout=5&txid=Q-" + clickId;
        };
    }
}
