package matchback.deliver.mmp;

import static org.assertj.core.api.Assertions.assertThat;

import matchback.deliver.platform.Json;
import matchback.deliver.testing.Told;
import matchback.model.Field;
import matchback.model.catalog.Destination.Sum;
import org.junit.jupiter.api.Test;

/// What each partner is told, to the letter (docs/adapters).
class PartnerEventsTest {
    private static Told whole(PartnerSale partner) {
        return partner.told()
                .person(Field.EXTERNAL_USER, "user-7")
                .person(Field.USER_AGENT, "App/1.0 (Android)")
                .person(Field.USER_ADDRESS, "203.0.113.9")
                .person(Field.COUNTRY, "Germany")
                .person(Field.AD_USER_DATA, "granted")
                .person(Field.AD_PERSONALIZATION, "denied")
                .person(Field.LIMITED_DATA_USE, "1");
    }

    @Test
    void appsflyer_is_told_with_the_value_written_as_a_text() {
        var request = PartnerSale.APPSFLYER.request(whole(PartnerSale.APPSFLYER));

        assertThat(request.url()).isEqualTo("https://api3.appsflyer.com/inappevent/id123456789");
        assertThat(request.headers())
                .containsEntry("authentication", "af-s2s-key-1234")
                .containsEntry("Content-Type", "application/json");
        assertThat(Json.lenient(PartnerSale.APPSFLYER.body(whole(PartnerSale.APPSFLYER))))
                .isEqualTo(
                        Json.lenient(
                                """
                                {"appsflyer_id":"1415211453000-6513894","customer_user_id":"user-7",
                                 "advertising_id":"38400000-8cf0-11bd-b23e-10b96e40000d",
                                 "ip":"203.0.113.9","eventName":"af_purchase",
                                 "eventValue":"{\\"af_revenue\\":\\"12.50\\",\\"af_currency\\":\\"USD\\",\\"event_id\\":\\"E-1\\"}",
                                 "eventTime":"2026-03-02 12:00:00.000","eventCurrency":"USD",
                                 "consent_data":{"manual":{"gdpr_applies":true,
                                  "ad_user_data_enabled":true,"ad_personalization_enabled":false}}}
                                """));
    }

    @Test
    void adjust_is_told_as_a_form_by_the_events_token() {
        var request = PartnerSale.ADJUST.request(whole(PartnerSale.ADJUST));

        assertThat(request.url()).isEqualTo("https://s2s.adjust.com/event");
        assertThat(request.headers())
                .containsEntry("Authorization", "Bearer adjust-s2s-1234")
                .containsEntry("Content-Type", "application/x-www-form-urlencoded");
        assertThat(PartnerSale.ADJUST.body(whole(PartnerSale.ADJUST)))
                .isEqualTo(
                        "s2s=1&app_token=4w565xzmb54d&event_token=f0ob4r"
                                + "&gps_adid=38400000-8cf0-11bd-b23e-10b96e40000d"
                                + "&created_at_unix=1772452800&revenue=12.50&currency=USD"
                                + "&ip_address=203.0.113.9&user_agent=App%2F1.0%20%28Android%29"
                                + "&environment=production");
    }

    @Test
    void branch_is_told_at_the_address_of_the_events_kind() {
        var sale = whole(PartnerSale.BRANCH);
        var own = whole(PartnerSale.BRANCH).value("event", "kyc");

        assertThat(PartnerSale.BRANCH.request(sale).url())
                .isEqualTo("https://api2.branch.io/v2/event/standard");
        assertThat(PartnerSale.BRANCH.request(own).url())
                .isEqualTo("https://api2.branch.io/v2/event/custom");
        assertThat(Json.lenient(PartnerSale.BRANCH.body(sale)))
                .isEqualTo(
                        Json.lenient(
                                """
                                {"branch_key":"key_live_abcdef1234","name":"PURCHASE",
                                 "user_data":{"os":"Android",
                                  "aaid":"38400000-8cf0-11bd-b23e-10b96e40000d",
                                  "developer_identity":"user-7","ip":"203.0.113.9",
                                  "user_agent":"App/1.0 (Android)","country":"DE",
                                  "limit_ad_tracking":true,"dma_eea":true,
                                  "dma_ad_personalization":false,"dma_ad_user_data":true},
                                 "event_data":{"transaction_id":"E-1","revenue":12.50,
                                  "currency":"USD"}}
                                """));
    }

    @Test
    void singular_is_told_as_a_form_with_the_key_in_the_body() {
        var request = PartnerSale.SINGULAR.request(whole(PartnerSale.SINGULAR));

        assertThat(request.url()).isEqualTo("https://s2s.singular.net/api/v1/evt");
        assertThat(request.secrets()).contains("acme_sh868sdjv");
        assertThat(PartnerSale.SINGULAR.body(whole(PartnerSale.SINGULAR)))
                .isEqualTo(
                        "a=acme_sh868sdjv&p=Android&i=com.example.app&n=sale"
                                + "&aifa=38400000-8cf0-11bd-b23e-10b96e40000d&ip=203.0.113.9"
                                + "&utime=1772452800&e=%7B%22event_id%22%3A%22E-1%22%7D"
                                + "&is_revenue_event=true&amt=12.50&cur=USD"
                                + "&data_sharing_options=%7B%22limit_data_sharing%22%3Atrue%7D");
    }

    @Test
    void what_is_not_known_is_left_out() {
        var noSum = PartnerSale.SINGULAR.told().sum(Sum.Of.NONE, 100);
        var sixth = PartnerSale.SINGULAR.told().person(Field.USER_ADDRESS, "2001:db8::1");

        assertThat(PartnerSale.SINGULAR.body(noSum)).doesNotContain("amt", "cur", "is_revenue");
        assertThat(PartnerSale.SINGULAR.body(sixth)).contains("use_ip=true").doesNotContain("&ip=");
        assertThat(PartnerSale.ADJUST.body(PartnerSale.ADJUST.told().sum(Sum.Of.NONE, 100)))
                .doesNotContain("revenue", "currency");
        assertThat(PartnerSale.APPSFLYER.body(PartnerSale.APPSFLYER.told().sum(Sum.Of.NONE, 100)))
                .contains("\"eventValue\":\"{\\\"event_id\\\":\\\"E-1\\\"}\"")
                .doesNotContain("eventCurrency", "consent_data");
    }

    @Test
    void a_device_of_the_tracking_link_is_told_where_the_report_has_none() {
        var landing = "/c/1?gps_adid=" + PartnerSale.GAID + "&idfa={idfa}";
        var ofLink = PartnerSale.SINGULAR.unknown().landing(landing);
        var ofReport =
                PartnerSale.SINGULAR
                        .unknown()
                        .landing("/c/1?gaid=other")
                        .person(Field.GAID, PartnerSale.GAID);

        assertThat(PartnerSale.SINGULAR.body(ofLink))
                .contains("&aifa=" + PartnerSale.GAID)
                .doesNotContain("idfa");
        assertThat(PartnerSale.SINGULAR.body(ofReport)).contains("&aifa=" + PartnerSale.GAID);
    }

    @Test
    void tests_go_where_they_count_for_nothing() {
        var adjust = PartnerSale.ADJUST.told().test();
        var branch = PartnerSale.BRANCH.told().secret("test-key", "key_test_9876").test();

        assertThat(PartnerSale.ADJUST.body(adjust)).endsWith("&environment=sandbox");
        assertThat(PartnerSale.BRANCH.body(branch)).contains("\"branch_key\":\"key_test_9876\"");
    }

    @Test
    void settings_change_what_is_told() {
        var adjust = PartnerSale.ADJUST.told().with("send-deduplication-id", "yes");
        var singular =
                PartnerSale.SINGULAR
                        .told()
                        .with("api-version", "v2")
                        .person(Field.SINGULAR_ID, "S-1");
        var branch = whole(PartnerSale.BRANCH).with("dma-consent", "never");

        assertThat(PartnerSale.ADJUST.body(adjust)).endsWith("&deduplication_id=E-1");
        assertThat(PartnerSale.SINGULAR.request(singular).url()).endsWith("/v2/evt");
        assertThat(PartnerSale.SINGULAR.body(singular))
                .contains("&sdid=S-1")
                .doesNotContain("aifa");
        assertThat(PartnerSale.BRANCH.body(branch)).doesNotContain("dma_");
    }
}
