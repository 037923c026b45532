package matchback.deliver.doubles;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import matchback.deliver.Answer;
import matchback.deliver.Judgement;
import matchback.deliver.Parcel;
import matchback.deliver.Preparation;
import matchback.deliver.Verdict;
import matchback.deliver.google.DataManager;
import matchback.deliver.platform.Json;
import matchback.deliver.testing.Told;
import matchback.ledger.Event.AttemptResult;
import matchback.model.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each rule of Google's: a request that breaks it, the reason Google gives, and what the adapter
/// makes of that. Two events are sent, the second one is spoiled.
class GoogleRulesTest {
    private static final DataManager ADAPTER = new DataManager(Told.SECRETS);
    private static final Verdict BY_STATUS =
            new Verdict(AttemptResult.RETRY, Verdict.Sign.ALIVE, 400, "", Duration.ZERO);

    private final Told told =
            new Told("google")
                    .with("customer-id", "123-456-7890")
                    .with("conversion-action-id", "7001")
                    .with("client-id", "client")
                    .secret("client-secret", "a secret")
                    .secret("refresh-token", "a token")
                    .landing("/c/1?gclid=G-1")
                    .person(Field.EMAIL, "quinn@example.com")
                    .person(Field.FIRST_NAME, "Quinn")
                    .person(Field.LAST_NAME, "Alex")
                    .person(Field.COUNTRY, "US")
                    .person(Field.ZIP, "94045");

    private List<Parcel> parcels(int count) {
        var parcel =
                ADAPTER.prepare(Told.KEY, told.shipment(), told.catalog(), Told.NOW)
                                instanceof Preparation.Ready(var ready)
                        ? ready
                        : org.assertj.core.api.Assertions.<Parcel>fail("not ready");
        return IntStream.range(0, count).mapToObj(_ -> parcel).toList();
    }

    private JsonNode request(int count) {
        var request = ADAPTER.pack(Told.KEY, parcels(count), told.catalog());
        return Json.lenient(new String(request.body(), StandardCharsets.UTF_8));
    }

    private static ArrayNode violations(JsonNode request) {
        return new IngestCheck(request, Set.of("7001"), Set.of()).violations();
    }

    /// @param value empty: taken away
    private static void spoil(JsonNode request, String path, String value) {
        var pointer = JsonPointer.compile(path);
        var parent = (ObjectNode) request.at(pointer.head());
        var name = pointer.last().getMatchingProperty();
        if (value.isEmpty()) {
            parent.remove(name);
        } else {
            parent.set(name, Json.lenient(value));
        }
    }

    private Judgement judged(JsonNode request, int count) {
        var reply = DataManagerDouble.refusal(violations(request));
        return ADAPTER.judge(
                parcels(count),
                new Answer.Answered(reply.status(), Map.of(), reply.body()),
                BY_STATUS);
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "an event has a time, /eventTimestamp, '', REQUIRED_FIELD_MISSING",
                "a time is RFC 3339, /eventTimestamp, '\"2026-03-02 10:00\"', INVALID_FORMAT",
                "also that of a change, /lastUpdatedTimestamp, '\"now\"', INVALID_FORMAT",
                "an event has an identifier, /adIdentifiers, '', ''",
                "a currency is ISO 4217, /currency, '\"EURO\"', INVALID_CURRENCY_CODE",
                "a value is a number, /conversionValue, '\"12.50\"', INVALID_NUMBER_FORMAT",
                "a source is a word of theirs, /eventSource, '\"web\"', INVALID_ENUM_VALUE",
                "consent too, /consent, '{\"adUserData\":\"GRANTED\"}', INVALID_ENUM_VALUE",
                "an address is an IP address, /adIdentifiers/landingPageDeviceInfo/ipAddress,"
                        + " '\"host\"', INVALID_FORMAT",
                "a hash is hexadecimal, /userData/userIdentifiers/0/emailAddress, '\"q@x\"',"
                        + " INVALID_HEX_ENCODING",
                "a hash has 64 digits, /userData/userIdentifiers/0/emailAddress, '\"abc\"',"
                        + " INVALID_SHA256_FORMAT",
                "an address has a family name, /userData/userIdentifiers/1/address/familyName,"
                        + " '', REQUIRED_FIELD_MISSING",
                "an address has a postal code, /userData/userIdentifiers/1/address/postalCode,"
                        + " '', REQUIRED_FIELD_MISSING",
                "a country is ISO 3166, /userData/userIdentifiers/1/address/regionCode,"
                        + " '\"XX\"', INVALID_COUNTRY_CODE",
                "an event goes to a destination of the request, /destinationReferences,"
                        + " '[\"7009\"]', INVALID_DESTINATION"
            })
    void one_event_that_breaks_a_rule_is_named_and_left_out(
            String rule, String path, String value, String reason) {
        var request = request(2);
        assertThat(violations(request)).isEmpty();

        spoil(request, "/events/1" + path, value);

        if (reason.isEmpty()) {
            // The person is identifier enough; without the person nothing is.
            assertThat(violations(request)).isEmpty();
            spoil(request, "/events/1/userData", "");
        }
        assertThat(violations(request).get(0).path("reason").asText())
                .as(rule)
                .isEqualTo(reason.isEmpty() ? "NO_IDENTIFIERS_PROVIDED" : reason);
        assertThat(judged(request, 2))
                .isInstanceOfSatisfying(
                        Judgement.Without.class,
                        without -> assertThat(without.refused()).containsOnlyKeys(1));
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "an account is digits, /operatingAccount/accountId, '\"123-456\"',"
                        + " INVALID_DESTINATION",
                "an account has a type of theirs, /operatingAccount/accountType, '\"ADS\"',"
                        + " INVALID_ENUM_VALUE",
                "a conversion action exists, /productDestinationId, '\"7009\"',"
                        + " INVALID_CONVERSION_ACTION_ID"
            })
    void what_is_wrong_with_the_account_parks_the_destination(
            String rule, String path, String value, String reason) {
        var request = request(2);
        spoil(request, "/destinations/0" + path, value);

        assertThat(violations(request).get(0).path("reason").asText()).as(rule).isEqualTo(reason);
        assertThat(judged(request, 2))
                .isInstanceOfSatisfying(
                        Judgement.All.class,
                        all -> assertThat(all.verdict().sign()).isEqualTo(Verdict.Sign.PARKED));
    }

    @Test
    void a_request_has_at_most_2000_events() {
        assertThat(ADAPTER.batchMax()).isEqualTo(2_000);
        assertThat(violations(request(2_000))).isEmpty();
        assertThat(violations(request(2_001)).get(0).path("reason").asText())
                .isEqualTo("TOO_MANY_EVENTS");
        assertThat(judged(request(2_001), 2)).isInstanceOf(Judgement.Halve.class);
    }

    @Test
    void user_data_needs_an_encoding() {
        var request = request(1);
        spoil(request, "/encoding", "");

        assertThat(violations(request))
                .extracting(violation -> violation.path("field").asText())
                .contains("encoding");
    }

    @Test
    void an_unknown_name_is_refused() {
        var request = request(1);
        spoil(request, "/events/0/clickId", "\"G-1\"");
        var check = new IngestCheck(request, Set.of("7001"), Set.of());

        assertThat(check.violations()).isEmpty();
        assertThat(check.unknownName()).hasValue("events.events[0].clickId");
    }

    @Test
    void every_field_that_is_sent_is_one_of_theirs() {
        assertThat(request(1).at("/events/0").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "destinationReferences",
                        "transactionId",
                        "eventTimestamp",
                        "adIdentifiers",
                        "userData",
                        "currency",
                        "conversionValue",
                        "eventSource");
    }
}
