package matchback.deliver.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import matchback.deliver.Parcel;
import matchback.deliver.Preparation;
import matchback.deliver.platform.Json;
import matchback.deliver.platform.Normaliser;
import matchback.deliver.testing.Told;
import matchback.model.Field;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.Destination.Sum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What Google is told of a conversion, and what it is not told.
class EventsTest {
    private final DataManager google = new DataManager(Told.SECRETS);

    private static Told click() {
        return new Told("google")
                .with("customer-id", "123-456-7890")
                .with("conversion-action-id", "7001")
                .with("client-id", "client")
                .secret("client-secret", "the client's")
                .secret("refresh-token", "the refresh token")
                .landing("/c/1?gclid=EAIaIQobChMI");
    }

    private static Told person(Told told) {
        return told.landing("/c/1")
                .person(Field.EMAIL, " Alex.Z+shop@gmail.com ")
                .person(Field.PHONE, "+1 800-555-0100")
                .person(Field.FIRST_NAME, "Alex")
                .person(Field.LAST_NAME, "Quinn, Jr.")
                .person(Field.COUNTRY, "us")
                .person(Field.ZIP, "94045");
    }

    private Preparation prepare(Told told) {
        return prepare(told, Told.NOW);
    }

    private Preparation prepare(Told told, Instant now) {
        return google.prepare(Told.KEY, told.shipment(), told.catalog(), now);
    }

    private Parcel parcel(Told told) {
        return prepare(told) instanceof Preparation.Ready(var parcel)
                ? parcel
                : org.assertj.core.api.Assertions.fail(prepare(told).toString());
    }

    private JsonNode event(Told told) {
        return Json.lenient(parcel(told).content());
    }

    private String refusal(Told told) {
        return refusal(prepare(told));
    }

    private static String refusal(Preparation preparation) {
        return preparation instanceof Preparation.Hopeless(var note)
                ? note
                : org.assertj.core.api.Assertions.fail(preparation.toString());
    }

    private JsonNode request(Told told) {
        var request = google.pack(Told.KEY, List.of(parcel(told)), told.catalog());
        return Json.lenient(new String(request.body(), StandardCharsets.UTF_8));
    }

    @Test
    void a_click_is_told_with_its_id_device_value_and_time() {
        var event = event(click());

        assertThat(event)
                .isEqualTo(
                        Json.lenient(
                                """
                                {"destinationReferences":["7001"],
                                 "transactionId":"E-1",
                                 "eventTimestamp":"2026-03-02T12:00:00Z",
                                 "adIdentifiers":{
                                   "gclid":"EAIaIQobChMI",
                                   "landingPageDeviceInfo":{
                                     "userAgent":"Browser/1.0","ipAddress":"192.0.2.7"}},
                                 "currency":"USD","conversionValue":12.50,
                                 "eventSource":"WEB"}
                                """));
    }

    @Test
    void a_person_is_told_by_hashes_only() {
        var sample = person(click());

        var identifiers = event(sample).at("/userData/userIdentifiers");

        assertThat(identifiers)
                .isEqualTo(
                        Json.lenient(
                                """
                                [{"emailAddress":"%s"},{"phoneNumber":"%s"},
                                 {"address":{"givenName":"%s","familyName":"%s",
                                   "regionCode":"US","postalCode":"94045"}}]
                                """
                                        .formatted(
                                                Normaliser.sha256("alexz@gmail.com"),
                                                Normaliser.sha256("+18005550100"),
                                                Normaliser.sha256("alex"),
                                                Normaliser.sha256("quinn"))));
        assertThat(parcel(sample).content())
                .doesNotContainIgnoringCase("alex", "quinn", "8005550100");
        assertThat(parcel(sample).secrets())
                .contains(Normaliser.sha256("alexz@gmail.com"), "94045", "the refresh token");
    }

    @Test
    void a_hash_that_comes_in_goes_out_in_lower_case() {
        var hash = Normaliser.sha256("quinny@example.com");
        var sample = click().person(Field.EMAIL, hash.toUpperCase(java.util.Locale.ROOT));

        assertThat(event(sample).at("/userData/userIdentifiers/0/emailAddress").asText())
                .isEqualTo(hash);
    }

    @Test
    void an_address_counts_only_whole() {
        var sample =
                click().person(Field.FIRST_NAME, "Alex")
                        .person(Field.LAST_NAME, "Quinn")
                        .person(Field.COUNTRY, "US");

        assertThat(event(sample).has("userData")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "gbraid=B1&wbraid=W1, gbraid",
        "wbraid=W1, wbraid",
        "wbraid=W1&gclid=G1&gbraid=B1, gclid"
    })
    void one_click_id_is_told(String query, String told) {
        var ids = event(click().landing("/c/1?" + query)).path("adIdentifiers");

        assertThat(List.of("gclid", "gbraid", "wbraid").stream().filter(ids::has))
                .containsExactly(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gclid=", "gclid=%7Bgclid%7D"})
    void what_google_cannot_match_is_not_sent(String query) {
        assertThat(refusal(click().landing("/c/1?" + query)))
                .startsWith("There is nothing Google could match");
    }

    @Test
    void the_device_stays_here_when_the_operator_says_so() {
        var sample =
                click().with("device-info", "no")
                        .person(Field.USER_AGENT, "Firefox")
                        .person(Field.USER_ADDRESS, "203.0.113.8");

        assertThat(parcel(sample).content())
                .doesNotContain("192.0.2", "203.0.113", "Browser", "Firefox");
    }

    @Test
    void the_device_of_the_conversion_is_the_one_the_report_names() {
        var device =
                event(click().person(Field.USER_ADDRESS, "203.0.113.8")).path("eventDeviceInfo");

        // The report's own address is the advertiser's server.
        assertThat(device).isEqualTo(Json.lenient("{\"ipAddress\":\"203.0.113.8\"}"));
    }

    @Test
    void an_event_type_can_have_its_own_conversion_action() {
        var sample = click().named("lead", "7002").value("event", "lead");

        assertThat(event(sample).at("/destinationReferences/0").asText()).isEqualTo("7002");
        assertThat(request(sample).path("destinations"))
                .isEqualTo(
                        Json.lenient(
                                """
                                [{"reference":"7002",
                                  "operatingAccount":{
                                    "accountType":"GOOGLE_ADS","accountId":"1234567890"},
                                  "productDestinationId":"7002"}]
                                """));
    }

    @Test
    void a_manager_account_is_named_as_the_one_that_logs_in() {
        var request = request(click().with("login-customer-id", "987-654-3210"));

        assertThat(request.at("/destinations/0/loginAccount/accountId").asText())
                .isEqualTo("9876543210");
        assertThat(request.path("encoding").asText()).isEqualTo("HEX");
    }

    @Test
    void the_quota_project_goes_into_a_header() {
        var sample = click().with("user-project", "project-1");

        var request = google.pack(Told.KEY, List.of(parcel(sample)), sample.catalog());

        assertThat(request.headers()).containsEntry("x-goog-user-project", "project-1");
        assertThat(request.url()).isEqualTo("https://datamanager.googleapis.com/v1/events:ingest");
    }

    @ParameterizedTest
    @CsvSource({"event-id, T-1, E-1", "txid, T-1, T-1", "txid, '', E-1"})
    void the_transaction_id_is_ours_or_the_senders(String setting, String txid, String sent) {
        var sample = click().with("transaction-id", setting).value("txid", txid);

        assertThat(event(sample).path("transactionId").asText()).isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource({"PAYOUT, 50, '', 6.25", "VALUE, 100, 99.90, 99.90", "VALUE, 100, '', 12.50"})
    void the_sum_is_the_operators_choice(Sum.Of of, int percent, String value, String sent) {
        var sample = click().sum(of, percent).value("value", value);

        assertThat(event(sample).path("conversionValue").decimalValue()).isEqualByComparingTo(sent);
    }

    @Test
    void no_sum_means_no_currency_either() {
        var event = event(click().sum(Sum.Of.NONE, 100));

        assertThat(event.has("conversionValue")).isFalse();
        assertThat(event.has("currency")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "granted, , , , CONSENT_GRANTED, CONSENT_GRANTED",
        "granted, , denied, , CONSENT_GRANTED, CONSENT_DENIED",
        ", denied, granted, granted, CONSENT_GRANTED, CONSENT_GRANTED",
        ", , , , '', ''"
    })
    void consent_is_what_the_person_says_else_what_the_operator_says(
            @org.jspecify.annotations.Nullable String setting,
            @org.jspecify.annotations.Nullable String denied,
            @org.jspecify.annotations.Nullable String personalization,
            @org.jspecify.annotations.Nullable String userData,
            String sentUserData,
            String sentPersonalization) {
        var told = click();
        var own = setting == null ? denied : setting;
        if (own != null) {
            told.with("consent-ad-user-data", own);
            told.with("consent-ad-personalization", own);
        }
        if (personalization != null) {
            told.person(Field.AD_PERSONALIZATION, personalization);
        }
        if (userData != null) {
            told.person(Field.AD_USER_DATA, userData);
        }

        var consent = event(told).path("consent");

        assertThat(consent.path("adUserData").asText()).isEqualTo(sentUserData);
        assertThat(consent.path("adPersonalization").asText()).isEqualTo(sentPersonalization);
    }

    @Test
    void limited_use_means_no_personal_ads() {
        var sample =
                click().person(Field.LIMITED_DATA_USE, "1")
                        .person(Field.AD_PERSONALIZATION, "granted");

        assertThat(event(sample).at("/consent/adPersonalization").asText())
                .isEqualTo("CONSENT_DENIED");
    }

    @Test
    void whoever_denied_is_not_told_of() {
        assertThat(refusal(click().person(Field.AD_USER_DATA, "denied"))).contains("ad_user_data");
        assertThat(refusal(click().with("consent-ad-user-data", "denied")))
                .contains("ad_user_data");
    }

    @ParameterizedTest
    @CsvSource({"'gclid=G1', 90", "'', 63"})
    void an_old_click_is_not_sent(String query, int days) {
        var sample = person(click()).landing("/c/1?" + query);
        // The visitor came ten minutes before the conversion.
        var limit = Told.NOW.minusSeconds(600).plus(Duration.ofDays(days));

        assertThat(prepare(sample, limit)).isInstanceOf(Preparation.Ready.class);
        assertThat(refusal(prepare(sample, limit.plusMillis(1))))
                .contains("older than the " + days + " days");
    }

    @Test
    void a_change_says_when_it_was_made_and_keeps_the_transaction_id() {
        var event = event(click().at(Moment.CHANGED));

        assertThat(event.path("lastUpdatedTimestamp").asText()).isEqualTo("2026-03-02T12:00:00Z");
        assertThat(event.path("transactionId").asText()).isEqualTo("E-1");
    }

    @ParameterizedTest
    @EnumSource(names = {"REJECTED", "REVERSED"})
    void nothing_is_taken_back(Moment moment) {
        assertThat(refusal(click().at(moment))).startsWith("Google cannot be told");
    }

    @ParameterizedTest
    @CsvSource({
        "conversion-action-id, AW-123, conversion-action-id",
        "customer-id, acme, customer-id",
        "client-id, '', client-id",
        "event-source, web, event-source"
    })
    void settings_that_cannot_be_used_park_the_destination(
            String name, String value, String named) {
        assertThat(prepare(click().with(name, value)))
                .isInstanceOfSatisfying(
                        Preparation.Parked.class,
                        parked -> assertThat(parked.note()).contains(named));
    }

    @Test
    void eleven_conversion_actions_are_more_than_a_request_takes() {
        var told = click();
        for (int i = 0; i < 10; i++) {
            told.named("type" + i, "80" + i);
        }

        assertThat(prepare(told))
                .isInstanceOfSatisfying(
                        Preparation.Parked.class,
                        parked -> assertThat(parked.note()).contains("at most 10"));
    }

    @Test
    void a_name_that_is_no_conversion_action_parks_the_destination() {
        assertThat(prepare(click().named("lead", "Lead")))
                .isInstanceOfSatisfying(
                        Preparation.Parked.class,
                        parked -> assertThat(parked.note()).contains("'Lead'"));
    }
}
