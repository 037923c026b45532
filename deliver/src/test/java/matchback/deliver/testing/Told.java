package matchback.deliver.testing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import matchback.deliver.Shipment;
import matchback.ledger.PersonalBlock;
import matchback.ledger.state.ClickState;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.model.Feed;
import matchback.model.Field;
import matchback.model.Money;
import matchback.model.RecordId;
import matchback.model.Secrets;
import matchback.model.Status;
import matchback.model.Subject;
import matchback.model.TokenFingerprints;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Destination;
import matchback.model.catalog.Destination.Conditions;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.Destination.Pace;
import matchback.model.catalog.Destination.Scope;
import matchback.model.catalog.Destination.Sum;

/// A conversion that is told to one destination, put together by what a test cares for: a sale of
/// 12.50 USD that was approved at [#NOW].
public final class Told {
    public static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
    public static final Secrets SECRETS = new Secrets(new TokenFingerprints(new byte[32]));
    public static final String KEY = "mine";
    public static final String CONVERSION_ID = "019c5f0000000000000000000000c0de";

    private final String type;
    private final Map<String, String> settings = new HashMap<>();
    private final Map<String, String> sealed = new HashMap<>();
    private final Map<String, String> eventNames = new HashMap<>();
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> person = new HashMap<>();
    private Sum sum = Sum.PAYOUT;
    private Moment moment = Moment.APPROVED;
    private String target = "/c/1";
    private boolean isErased;
    private boolean isTest;
    private int number = 1;
    private Optional<Feed> feed = Optional.empty();

    /// @param type of the destination
    public Told(String type) {
        this.type = type;
        values.put("clickid", "06C5R8ZQ000000000000000000000000");
        values.put("event", "sale");
        values.put("status", "approved");
        values.put("payout", "12.50");
        values.put("currency", "USD");
        values.put("txid", "T-1");
        values.put("campaign", "spring");
        values.put("source", "push");
        values.put("offer", "shoes");
        happened(NOW);
    }

    public Told with(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    public Told secret(String name, String value) {
        sealed.put(
                name,
                SECRETS.seal(value, "destination/" + KEY + '/' + name, new SplittableRandom(7)));
        return this;
    }

    public Told named(String eventType, String theirs) {
        eventNames.put(eventType, theirs);
        return this;
    }

    public Told sum(Sum.Of of, int percent) {
        sum = new Sum(of, percent);
        return this;
    }

    public Told at(Moment other) {
        moment = other;
        return this;
    }

    /// A macro's value; empty takes it away.
    public Told value(String macro, String value) {
        values.put(macro, value);
        return this;
    }

    public Told happened(Instant at) {
        values.put("conversion_time", Long.toString(at.getEpochSecond()));
        return this;
    }

    /// Path and query of the tracking link as the visitor called it.
    public Told landing(String pathAndQuery) {
        target = pathAndQuery;
        return this;
    }

    public Told person(Field field, String value) {
        person.put(field.key(), value);
        return this;
    }

    /// Neither the click nor the report has its personal block any more.
    public Told erased() {
        isErased = true;
        return this;
    }

    /// Somebody asked for a test; nobody converted.
    public Told test() {
        isTest = true;
        return this;
    }

    /// The conversion is stored, and this is how it was reported.
    public Told reportedBy(Feed other) {
        feed = Optional.of(other);
        return this;
    }

    public Told number(int other) {
        number = other;
        return this;
    }

    public Destination destination() {
        return new Destination(
                KEY,
                "Mine",
                type,
                settings,
                sealed,
                Scope.ALL,
                Conditions.NONE,
                Set.of(Moment.values()),
                sum,
                eventNames,
                Pace.DEFAULT,
                false,
                false);
    }

    public Catalog catalog() {
        return Catalog.empty("USD").with(destination());
    }

    public Shipment shipment() {
        var record = RecordId.parse(CONVERSION_ID).orElseThrow();
        var delivery =
                new DeliveryState(
                        number,
                        1,
                        CONVERSION_ID,
                        type + ':' + KEY,
                        record,
                        "E-" + number,
                        values,
                        NOW.toEpochMilli(),
                        Progress.WAITING,
                        NOW.toEpochMilli(),
                        0,
                        List.of(),
                        moment);
        var click =
                new ClickState(
                        record,
                        NOW.minusSeconds(600).toEpochMilli(),
                        "spring",
                        "push",
                        "shoes",
                        "",
                        values.getOrDefault("externalid", ""),
                        "",
                        Map.of(),
                        Map.of(),
                        -1,
                        true,
                        "",
                        false,
                        true,
                        NOW.plusSeconds(86_400).toEpochMilli(),
                        NOW.toEpochMilli());
        return new Shipment(
                new Subject(values.getOrDefault("clickid", "-")),
                delivery,
                Optional.of(click),
                feed.map(by -> conversion(record, by)),
                isErased
                        ? Optional.empty()
                        : Optional.of(block(record, "192.0.2.7", "Browser/1.0", target, Map.of())),
                isErased
                        ? Optional.empty()
                        : Optional.of(block(record, "198.51.100.9", "", "/postback", person)),
                isTest);
    }

    private ConversionState conversion(RecordId record, Feed by) {
        return new ConversionState(
                1,
                record,
                values.getOrDefault("event", ""),
                values.getOrDefault("txid", ""),
                Status.APPROVED,
                new Money(12_500_000, "USD"),
                12_500_000,
                null,
                "net",
                List.of(new ConversionState.Leg(by, NOW.toEpochMilli())),
                NOW.toEpochMilli(),
                NOW.toEpochMilli(),
                null,
                0,
                "",
                "",
                List.of());
    }

    private static PersonalBlock block(
            RecordId record,
            String address,
            String agent,
            String target,
            Map<String, String> person) {
        return new PersonalBlock(
                record,
                new byte[16],
                address,
                agent,
                "GET",
                target,
                new ArrayList<>(),
                "".getBytes(StandardCharsets.UTF_8),
                person);
    }
}
