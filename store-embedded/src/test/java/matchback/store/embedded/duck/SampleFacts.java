package matchback.store.embedded.duck;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import matchback.ledger.Column;
import matchback.ledger.Fact;
import matchback.ledger.Fact.Kind;
import matchback.model.RecordId;

/// Facts of a seed: clicks, conversions and their reversals, postbacks and deliveries, spread over
/// a period, with few enough values that rows of a report gather several.
final class SampleFacts {
    private static final List<Column> TEXTS =
            List.of(Column.values()).stream()
                    .filter(column -> column.type() == Column.Type.TEXT)
                    .toList();
    private static final List<String> STATUSES =
            List.of("pending", "approved", "rejected", "reversed");
    private static final List<String> DECISIONS =
            List.of("counted", "updated", "duplicate", "held", "refused");
    private static final List<String> SIGHTS = List.of("page_view", "scroll", "engaged", "signup");
    private static final List<String> FEEDS = List.of("s2s", "pixel", "cookie", "browser", "mmp");
    private static final List<String> WITNESSES = List.of("server", "browser", "both");
    private static final List<String> CURRENCIES = List.of("USD", "USD", "USD", "EUR");

    private final RandomGenerator random;
    private final long from;
    private final long to;

    SampleFacts(long seed, Instant from, Instant to) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.from = from.toEpochMilli();
        this.to = to.toEpochMilli();
    }

    RandomGenerator random() {
        return random;
    }

    List<Fact> facts(int number) {
        var facts = new ArrayList<Fact>();
        for (int i = 0; i < number; i++) {
            facts.add(fact());
        }
        for (int i = 0; i < number / 10; i++) {
            facts.add(browser());
        }
        return facts;
    }

    Instant instant() {
        return Instant.ofEpochMilli(random.nextLong(from, to));
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private Fact fact() {
        int choice = random.nextInt(10);
        if (choice < 5) {
            return click();
        }
        if (choice < 7) {
            return conversion();
        }
        if (choice < 8) {
            return reversal();
        }
        if (choice < 9) {
            return postback();
        }
        return random.nextBoolean() ? delivery() : landerClick();
    }

    private Fact landerClick() {
        var fact = dimensions().number(Column.IS_UNIQUE, random.nextInt(2));
        return build(
                fact.number(Column.IS_BOT, random.nextInt(5) == 0 ? 1 : 0), Kind.LANDER_CLICK, 0);
    }

    private Fact click() {
        var fact = dimensions().number(Column.IS_UNIQUE, random.nextInt(2));
        fact.number(Column.IS_BOT, random.nextInt(5) == 0 ? 1 : 0);
        if (random.nextInt(4) > 0) {
            fact.number(Column.COST, random.nextLong(0, 3_000_000));
        }
        return build(fact, Kind.CLICK, 0);
    }

    private Fact conversion() {
        var fact = converted().text(Column.STATUS, one(STATUSES));
        fact.number(Column.REVENUE, random.nextLong(0, 90_000_000));
        if (random.nextInt(4) == 0) {
            fact.number(Column.COST, random.nextLong(0, 30_000_000));
        }
        if (random.nextInt(3) == 0) {
            fact.number(Column.ORDER_VALUE, random.nextLong(0, 900_000_000));
        }
        witnessed(fact);
        return build(fact, Kind.CONVERSION, 1);
    }

    /// Some from before that was noted.
    private void witnessed(Fact.Builder fact) {
        fact.text(Column.FEED, one(FEEDS));
        if (random.nextInt(4) == 0) {
            return;
        }
        var witnesses = one(WITNESSES);
        fact.text(Column.WITNESSES, witnesses);
        if (witnesses.equals("both") && random.nextInt(5) > 0) {
            fact.number(Column.FEED_GAP, random.nextLong(-90_000, 90_000));
        }
    }

    private Fact reversal() {
        var fact = converted().text(Column.STATUS, "reversed");
        if (random.nextInt(4) == 0) {
            fact.number(Column.COST, -random.nextLong(0, 30_000_000));
        }
        return build(
                fact.number(Column.REVENUE, -random.nextLong(0, 90_000_000)), Kind.REVERSAL, 2);
    }

    private Fact.Builder converted() {
        var fact = dimensions().text(Column.CURRENCY, one(CURRENCIES));
        if (random.nextInt(6) > 0) {
            fact.number(Column.CLICK_AT, instant().toEpochMilli());
        }
        return fact;
    }

    private Fact postback() {
        return build(dimensions().text(Column.DECISION, one(DECISIONS)), Kind.POSTBACK, 0);
    }

    private Fact delivery() {
        var state = one(List.of("waiting", "delivered", "dead"));
        return build(dimensions().text(Column.DELIVERY_STATE, state), Kind.DELIVERY, 11);
    }

    private Fact browser() {
        var fact = dimensions().text(Column.EVENT_TYPE, one(SIGHTS));
        fact.number(Column.IS_BOT, random.nextInt(5) == 0 ? 1 : 0);
        if (random.nextBoolean()) {
            fact.number(Column.AMOUNT, random.nextLong(0, 100));
        }
        return build(fact, Kind.BROWSER_EVENT, 1_000_000);
    }

    /// Each text is one of two, or missing.
    private Fact.Builder dimensions() {
        var fact = new Fact.Builder();
        for (var column : TEXTS) {
            int value = random.nextInt(3);
            boolean chosenElsewhere =
                    column == Column.STATUS
                            || column == Column.DECISION
                            || column == Column.WITNESSES
                            || column == Column.CURRENCY
                            || column == Column.DELIVERY_STATE;
            if (value > 0 && !chosenElsewhere) {
                fact.text(column, value(column, value));
            }
        }
        return fact;
    }

    /// What stands in a column. Keys of campaigns are plain, as the catalog has it.
    static String value(Column column, int number) {
        return column == Column.CAMPAIGN ? "campaign-" + number : column.word() + "é'" + number;
    }

    private Fact build(Fact.Builder fact, Kind kind, int index) {
        long at = instant().toEpochMilli();
        return fact.build(kind, RecordId.of(at, random.nextInt(), random.nextLong()), index, 1, at);
    }
}
