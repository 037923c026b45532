package matchback.console.testing;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import matchback.ledger.Event.ClickRecorded;
import matchback.model.RecordId;
import matchback.model.Subject;

/// Clicks of a seed on a few campaigns and creatives, some with a cost of their own.
public final class PaidClicks {
    public static final List<String> CAMPAIGNS = List.of("spring", "summer", "autumn");

    private final TestingConsole console;
    private final RandomGenerator random;

    public PaidClicks(TestingConsole console, long seed) {
        this.console = console;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (var key : CAMPAIGNS) {
            console.post(
                    "/api/v1/campaigns",
                    "{\"key\":\"%s\",\"name\":\"The %<s campaign\"}".formatted(key));
        }
    }

    public RandomGenerator random() {
        return random;
    }

    public void between(Instant from, Instant to, int number) {
        for (int i = 0; i < number; i++) {
            long at = random.nextLong(from.toEpochMilli(), to.toEpochMilli());
            at(at, CAMPAIGNS.get(random.nextInt(CAMPAIGNS.size())), random.nextInt(3) * 50_000 - 1);
        }
    }

    /// @param costMicros below 0 for one that is not known
    public void at(long millis, String campaign, long costMicros) {
        var subs = new HashMap<String, String>();
        if (random.nextInt(5) > 0) {
            subs.put("sub1", "zone " + random.nextInt(4));
        }
        var id = console.mint.issue(millis, 1, false);
        console.ledger
                .submit(
                        new ClickRecorded(
                                RecordId.of(millis, random.nextInt(), random.nextLong()),
                                millis,
                                console.ledger.catalog().version(),
                                Subject.click(id),
                                campaign,
                                "push",
                                "",
                                "",
                                "ad-" + random.nextInt(3),
                                costMicros,
                                "USD",
                                costMicros,
                                subs,
                                Map.of("country", "DE"),
                                true,
                                random.nextInt(20) == 0 ? "prefetch" : "",
                                false,
                                new byte[32]),
                        null)
                .join();
    }
}
