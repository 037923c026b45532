package matchback.deliver.google;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import matchback.deliver.Shipment;
import matchback.ledger.PersonalBlock;
import matchback.ledger.state.ClickState;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.model.RecordId;
import matchback.model.RecordIds;
import matchback.model.Secrets;
import matchback.model.Subject;
import matchback.model.TokenFingerprints;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Destination;
import matchback.model.catalog.Destination.Conditions;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.Destination.Pace;
import matchback.model.catalog.Destination.Scope;
import matchback.model.catalog.Destination.Sum;

/// A conversion and a destination, each changed where a test asks for it.
///
/// @param query of the tracking link
/// @param person what the report says of the person
record Sample(
        String query,
        Map<String, String> person,
        Map<String, String> settings,
        Map<String, String> eventNames,
        Map<String, String> values,
        Sum sum,
        Moment moment,
        Instant now) {

    static final String ACTION = "7001";
    static final Instant CLICK = Instant.parse("2026-03-02T10:00:00.250Z");
    static final Secrets SECRETS = new Secrets(new TokenFingerprints(new byte[32]));

    private static final RecordId RECORD =
            new RecordIds(() -> CLICK, new java.util.SplittableRandom(3)).next();

    static final Sample OF_A_CLICK =
            new Sample(
                    "gclid=EAIaIQobChMI",
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    Sum.PAYOUT,
                    Moment.APPROVED,
                    CLICK.plusSeconds(86_400));

    Sample query(String other) {
        return new Sample(other, person, settings, eventNames, values, sum, moment, now);
    }

    Sample person(Map<String, String> other) {
        return new Sample(query, other, settings, eventNames, values, sum, moment, now);
    }

    Sample settings(Map<String, String> other) {
        return new Sample(query, person, other, eventNames, values, sum, moment, now);
    }

    Sample eventNames(Map<String, String> other) {
        return new Sample(query, person, settings, other, values, sum, moment, now);
    }

    Sample values(Map<String, String> other) {
        return new Sample(query, person, settings, eventNames, other, sum, moment, now);
    }

    Sample sum(Sum other) {
        return new Sample(query, person, settings, eventNames, values, other, moment, now);
    }

    Sample moment(Moment other) {
        return new Sample(query, person, settings, eventNames, values, sum, other, now);
    }

    Sample at(Instant other) {
        return new Sample(query, person, settings, eventNames, values, sum, moment, other);
    }

    Destination destination() {
        var all =
                new HashMap<>(
                        Map.of("customer-id", "123-456-7890", "conversion-action-id", ACTION));
        all.put("client-id", "client");
        all.putAll(settings);
        var draft =
                new Destination(
                        "ads",
                        "Ads",
                        "google",
                        all,
                        Map.of(),
                        Scope.ALL,
                        Conditions.NONE,
                        Set.of(Moment.APPROVED),
                        sum,
                        eventNames,
                        Pace.DEFAULT,
                        false,
                        false);
        return sealed(
                draft,
                Map.of("client-secret", "the client's", "refresh-token", "the refresh token"));
    }

    /// The same with secrets.
    static Destination sealed(Destination draft, Map<String, String> secrets) {
        var sealed = new HashMap<String, String>();
        var random = new java.util.SplittableRandom(5);
        secrets.forEach((name, secret) ->
                sealed.put(name, SECRETS.seal(secret, draft.secretOwner(name), random)));
        return new Destination(
                draft.key(),
                draft.name(),
                draft.type(),
                draft.settings(),
                sealed,
                draft.scope(),
                draft.conditions(),
                draft.moments(),
                draft.sum(),
                draft.eventNames(),
                draft.pace(),
                draft.paused(),
                draft.archived());
    }

    Catalog catalog() {
        return Catalog.empty("USD").with(destination());
    }

    Shipment shipment() {
        var macros =
                new HashMap<>(
                        Map.of(
                                "event", "sale",
                                "payout", "12.50",
                                "currency", "USD",
                                "value", "",
                                "txid", "T1",
                                "conversion_time",
                                        Long.toString(CLICK.plusSeconds(600).getEpochSecond()),
                                "click_time", Long.toString(CLICK.getEpochSecond())));
        macros.putAll(values);
        var delivery =
                new DeliveryState(
                        1,
                        1,
                        "conversion-1",
                        "google:ads",
                        RECORD,
                        "event-1",
                        macros,
                        CLICK.plusSeconds(700).toEpochMilli(),
                        Progress.WAITING,
                        1,
                        0,
                        List.of(),
                        moment);
        return new Shipment(
                Subject.transaction("shop", "T1"),
                delivery,
                Optional.of(click()),
                Optional.empty(),
                Optional.of(visitor()),
                Optional.of(report()));
    }

    private static ClickState click() {
        return new ClickState(
                RECORD,
                CLICK.toEpochMilli(),
                "campaign",
                "ads",
                "offer",
                "",
                "",
                "",
                Map.of(),
                Map.of(),
                -1,
                true,
                "",
                false,
                true,
                CLICK.atZone(ZoneOffset.UTC).plusDays(30).toInstant().toEpochMilli(),
                0);
    }

    private PersonalBlock visitor() {
        return new PersonalBlock(
                RECORD,
                new byte[16],
                "203.0.113.7",
                "Mozilla/5.0 (X11)",
                "GET",
                "/c/campaign?" + query,
                List.of(),
                new byte[0]);
    }

    private PersonalBlock report() {
        return new PersonalBlock(
                RECORD,
                new byte[16],
                "198.51.100.9",
                "",
                "GET",
                "/postback",
                List.of(),
                new byte[0],
                person);
    }
}
