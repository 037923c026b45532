package matchback.deliver.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import matchback.deliver.Parcel;
import matchback.deliver.Preparation;
import matchback.deliver.platform.Json;
import matchback.deliver.platform.Normaliser;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.Destination.Sum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What Google is told of a conversion, and what it is not told.
class EventsTest {
    private static final Map<String, String> PERSON =
            Map.of(
                    "email", " Alex.Z+shop@gmail.com ",
                    "phone", "+1 800-555-0100",
                    "first_name", "Alex",
                    "last_name", "Quinn, Jr.",
                    "country", "us",
                    "zip", "94045");

    private final DataManager google = new DataManager(Sample.SECRETS);

    private Preparation prepare(Sample sample) {
        return google.prepare("ads", sample.shipment(), sample.catalog(), sample.now());
    }

    private Parcel parcel(Sample sample) {
        return prepare(sample) instanceof Preparation.Ready(var parcel)
                ? parcel
                : org.assertj.core.api.Assertions.fail(prepare(sample).toString());
    }

    private JsonNode event(Sample sample) {
        return Json.lenient(parcel(sample).content());
    }

    private String refusal(Sample sample) {
        return prepare(sample) instanceof Preparation.Hopeless(var note)
                ? note
                : org.assertj.core.api.Assertions.fail(prepare(sample).toString());
    }

    private JsonNode request(Sample sample) {
        var request = google.pack("ads", List.of(parcel(sample)), sample.catalog());
        return Json.lenient(new String(request.body(), StandardCharsets.UTF_8));
    }

    @Test
    void a_click_is_told_with_its_id_device_value_and_time() {
        var event = event(Sample.OF_A_CLICK);

        assertThat(event)
                .isEqualTo(
                        Json.lenient(
                                """
                                {"destinationReferences":["7001"],
                                 "transactionId":"event-1",
                                 "eventTimestamp":"2026-03-02T10:10:00Z",
                                 "adIdentifiers":{
                                   "gclid":"EAIaIQobChMI",
                                   "landingPageDeviceInfo":{
                                     "userAgent":"Mozilla/5.0 (X11)","ipAddress":"203.0.113.7"}},
                                 "currency":"USD","conversionValue":12.50,
                                 "eventSource":"WEB"}
                                """));
    }

    @Test
    void a_person_is_told_by_hashes_only() {
        var sample = Sample.OF_A_CLICK.query("").person(PERSON);

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
        var sample =
                Sample.OF_A_CLICK.person(Map.of("email", hash.toUpperCase(java.util.Locale.ROOT)));

        assertThat(event(sample).at("/userData/userIdentifiers/0/emailAddress").asText())
                .isEqualTo(hash);
    }

    @Test
    void an_address_counts_only_whole() {
        var sample =
                Sample.OF_A_CLICK.person(
                        Map.of("first_name", "Alex", "last_name", "Quinn", "country", "US"));

        assertThat(event(sample).has("userData")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "gbraid=B1&wbraid=W1, gbraid",
        "wbraid=W1, wbraid",
        "wbraid=W1&gclid=G1&gbraid=B1, gclid"
    })
    void one_click_id_is_told(String query, String told) {
        var ids = event(Sample.OF_A_CLICK.query(query)).path("adIdentifiers");

        assertThat(List.of("gclid", "gbraid", "wbraid").stream().filter(ids::has))
                .containsExactly(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gclid=", "gclid=%7Bgclid%7D"})
    void what_google_cannot_match_is_not_sent(String query) {
        assertThat(refusal(Sample.OF_A_CLICK.query(query)))
                .startsWith("There is nothing Google could match");
    }

    @Test
    void the_device_stays_here_when_the_operator_says_so() {
        var sample =
                Sample.OF_A_CLICK
                        .settings(Map.of("device-info", "no"))
                        .person(Map.of("user_agent", "Firefox", "user_address", "203.0.113.8"));

        assertThat(parcel(sample).content()).doesNotContain("203.0.113", "Mozilla", "Firefox");
    }

    @Test
    void the_device_of_the_conversion_is_the_one_the_report_names() {
        var device =
                event(Sample.OF_A_CLICK.person(Map.of("user_address", "203.0.113.8")))
                        .path("eventDeviceInfo");

        // The report's own address is the advertiser's server.
        assertThat(device).isEqualTo(Json.lenient("{\"ipAddress\":\"203.0.113.8\"}"));
    }

    @Test
    void an_event_type_can_have_its_own_conversion_action() {
        var sample =
                Sample.OF_A_CLICK
                        .eventNames(Map.of("lead", "7002"))
                        .values(Map.of("event", "lead"));

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
        var request =
                request(Sample.OF_A_CLICK.settings(Map.of("login-customer-id", "987-654-3210")));

        assertThat(request.at("/destinations/0/loginAccount/accountId").asText())
                .isEqualTo("9876543210");
        assertThat(request.path("encoding").asText()).isEqualTo("HEX");
    }

    @Test
    void the_quota_project_goes_into_a_header() {
        var sample = Sample.OF_A_CLICK.settings(Map.of("user-project", "project-1"));

        var request = google.pack("ads", List.of(parcel(sample)), sample.catalog());

        assertThat(request.headers()).containsEntry("x-goog-user-project", "project-1");
        assertThat(request.url()).isEqualTo("https://datamanager.googleapis.com/v1/events:ingest");
    }

    @ParameterizedTest
    @CsvSource({"event-id, T1, event-1", "txid, T1, T1", "txid, '', event-1"})
    void the_transaction_id_is_ours_or_the_senders(String setting, String txid, String sent) {
        var sample =
                Sample.OF_A_CLICK
                        .settings(Map.of("transaction-id", setting))
                        .values(Map.of("txid", txid));

        assertThat(event(sample).path("transactionId").asText()).isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource({"PAYOUT, 50, '', 6.25", "VALUE, 100, 99.90, 99.90", "VALUE, 100, '', 12.50"})
    void the_sum_is_the_operators_choice(Sum.Of of, int percent, String value, String sent) {
        var sample = Sample.OF_A_CLICK.sum(new Sum(of, percent)).values(Map.of("value", value));

        assertThat(event(sample).path("conversionValue").decimalValue()).isEqualByComparingTo(sent);
    }

    @Test
    void no_sum_means_no_currency_either() {
        var event = event(Sample.OF_A_CLICK.sum(new Sum(Sum.Of.NONE, 100)));

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
        var settings = new java.util.HashMap<String, String>();
        var own = setting == null ? denied : setting;
        if (own != null) {
            settings.put("consent-ad-user-data", own);
            settings.put("consent-ad-personalization", own);
        }
        var person = new java.util.HashMap<String, String>();
        if (personalization != null) {
            person.put("ad_personalization", personalization);
        }
        if (userData != null) {
            person.put("ad_user_data", userData);
        }

        var consent = event(Sample.OF_A_CLICK.settings(settings).person(person)).path("consent");

        assertThat(consent.path("adUserData").asText()).isEqualTo(sentUserData);
        assertThat(consent.path("adPersonalization").asText()).isEqualTo(sentPersonalization);
    }

    @Test
    void limited_use_means_no_personal_ads() {
        var sample =
                Sample.OF_A_CLICK.person(
                        Map.of("limited_data_use", "1", "ad_personalization", "granted"));

        assertThat(event(sample).at("/consent/adPersonalization").asText())
                .isEqualTo("CONSENT_DENIED");
    }

    @Test
    void whoever_denied_is_not_told_of() {
        assertThat(refusal(Sample.OF_A_CLICK.person(Map.of("ad_user_data", "denied"))))
                .contains("ad_user_data");
        assertThat(refusal(Sample.OF_A_CLICK.settings(Map.of("consent-ad-user-data", "denied"))))
                .contains("ad_user_data");
    }

    @ParameterizedTest
    @CsvSource({"'gclid=G1', 90", "'', 63"})
    void an_old_click_is_not_sent(String query, int days) {
        var sample = Sample.OF_A_CLICK.query(query).person(PERSON);
        var limit = Sample.CLICK.plus(Duration.ofDays(days));

        assertThat(prepare(sample.at(limit))).isInstanceOf(Preparation.Ready.class);
        assertThat(refusal(sample.at(limit.plusMillis(1))))
                .contains("older than the " + days + " days");
    }

    @Test
    void a_change_says_when_it_was_made_and_keeps_the_transaction_id() {
        var event = event(Sample.OF_A_CLICK.moment(Moment.CHANGED));

        assertThat(event.path("lastUpdatedTimestamp").asText())
                .isEqualTo("2026-03-02T10:11:40.250Z");
        assertThat(event.path("transactionId").asText()).isEqualTo("event-1");
    }

    @ParameterizedTest
    @EnumSource(names = {"REJECTED", "REVERSED"})
    void nothing_is_taken_back(Moment moment) {
        assertThat(refusal(Sample.OF_A_CLICK.moment(moment))).startsWith("Google cannot be told");
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
        assertThat(prepare(Sample.OF_A_CLICK.settings(Map.of(name, value))))
                .isInstanceOfSatisfying(
                        Preparation.Parked.class,
                        parked -> assertThat(parked.note()).contains(named));
    }

    @Test
    void eleven_conversion_actions_are_more_than_a_request_takes() {
        var names = new java.util.HashMap<String, String>();
        for (int i = 0; i < 10; i++) {
            names.put("type" + i, "80" + i);
        }

        assertThat(prepare(Sample.OF_A_CLICK.eventNames(names)))
                .isInstanceOfSatisfying(
                        Preparation.Parked.class,
                        parked -> assertThat(parked.note()).contains("at most 10"));
    }

    @Test
    void a_name_that_is_no_conversion_action_parks_the_destination() {
        assertThat(prepare(Sample.OF_A_CLICK.eventNames(Map.of("lead", "Lead"))))
                .isInstanceOfSatisfying(
                        Preparation.Parked.class,
                        parked -> assertThat(parked.note()).contains("'Lead'"));
    }
}
