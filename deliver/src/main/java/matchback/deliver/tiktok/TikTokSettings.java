package matchback.deliver.tiktok;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import matchback.model.PlatformClickId;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.DestinationType;
import matchback.model.catalog.DestinationType.Setting;

/// What an operator sets to connect TikTok, and TikTok's names of our event types.
final class TikTokSettings {
    static final String PIXEL_CODE = "pixel-code";
    static final String ACCESS_TOKEN = "access-token";
    static final String EVENT_SOURCE = "event-source";
    static final String TEST_EVENT_CODE = "test-event-code";
    static final String CLICK_ID_PARAMETER = "click-id-parameter";
    static final String WITHOUT_CONSENT = "without-consent";
    static final String MAX_AGE_DAYS = "max-age-days";
    static final String ENDPOINT = "endpoint";

    /// A conversion whose person refused is not told at all ...
    static final String WITHHOLD = "withhold";

    /// ... or told with nothing but TikTok's own click id.
    static final String CLICK_ID_ONLY = "click-id-only";

    static final DestinationType TYPE =
            new DestinationType(
                    "tiktok",
                    "TikTok",
                    "Tells TikTok's Events API of conversions, so that its campaigns learn.",
                    settings(),
                    eventNames(),
                    // Nothing that was told can be changed or taken back.
                    Set.of(Moment.PENDING, Moment.APPROVED),
                    "adapters/tiktok.md");

    private TikTokSettings() {}

    private static List<Setting> settings() {
        return List.of(
                Setting.required(
                                PIXEL_CODE,
                                "Pixel code",
                                "TikTok Events Manager, your pixel, beside its name. For another"
                                        + " event source the id of its event set.")
                        .like("[A-Za-z0-9_-]{4,64}"),
                Setting.secret(
                        ACCESS_TOKEN,
                        "Access token",
                        "TikTok Events Manager, your pixel, Settings, Events API, Generate Access"
                                + " Token."),
                Setting.optional(
                                EVENT_SOURCE,
                                "Event source",
                                "What the pixel code stands for: a website, an app, offline or CRM"
                                        + " events.")
                        .otherwise("web")
                        .oneOf("web", "app", "offline", "crm"),
                Setting.optional(
                        TEST_EVENT_CODE,
                        "Test event code",
                        "TikTok Events Manager, Test Events, where test events then show up. What is"
                                + " no test goes without it."),
                Setting.optional(
                                CLICK_ID_PARAMETER,
                                "Click id parameter",
                                "The parameter of your tracking link with TikTok's click id;"
                                        + " externalid stands for the one that the traffic source"
                                        + " maps.")
                        .otherwise(PlatformClickId.TTCLID.parameter()),
                Setting.optional(
                                WITHOUT_CONSENT,
                                "Without consent",
                                "What becomes of a conversion whose report says"
                                        + " ad_user_data=denied: withhold it, or send it with"
                                        + " TikTok's click id only.")
                        .otherwise(WITHHOLD)
                        .oneOf(WITHHOLD, CLICK_ID_ONLY),
                Setting.optional(
                                MAX_AGE_DAYS,
                                "Oldest event in days",
                                "Older conversions are not sent. TikTok publishes no limit that we"
                                        + " could find; 7 is what others work by.")
                        .otherwise("7")
                        .like("[1-9][0-9]{0,2}"),
                Setting.optional(
                                ENDPOINT,
                                "Endpoint",
                                "Where events are sent, with the API's version.")
                        .otherwise("https://business-api.tiktok.com/open_api/v1.3/event/track/")
                        .like("https?://\\S+"));
    }

    private static Map<String, String> eventNames() {
        var names = new HashMap<String, String>();
        for (var type : List.of("sale", "conversion", "purchase", "upsell", "deposit", "ftd")) {
            names.put(type, "CompletePayment");
        }
        for (var type : List.of("registration", "signup", "complete_registration")) {
            names.put(type, "CompleteRegistration");
        }
        for (var type : List.of("subscription", "subscribe", "rebill")) {
            names.put(type, "Subscribe");
        }
        for (var type : List.of("checkout", "initiate_checkout")) {
            names.put(type, "InitiateCheckout");
        }
        names.put("order", "PlaceAnOrder");
        names.put("lead", "SubmitForm");
        names.put("quote", "SubmitForm");
        names.put("install", "Download");
        names.put("trial", "StartTrial");
        names.put("add_to_cart", "AddToCart");
        names.put("view_content", "ViewContent");
        names.put("call", "Contact");
        return names;
    }
}
