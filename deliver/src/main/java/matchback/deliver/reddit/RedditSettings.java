package matchback.deliver.reddit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import matchback.model.PlatformClickId;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.DestinationType;
import matchback.model.catalog.DestinationType.Setting;

/// What an operator sets to connect Reddit, and Reddit's names of our event types.
final class RedditSettings {
    static final String PIXEL_ID = "pixel-id";
    static final String ACCESS_TOKEN = "access-token";
    static final String TEST_ID = "test-id";
    static final String ACTION_SOURCE = "action-source";
    static final String CLICK_ID_PARAMETER = "click-id-parameter";
    static final String MAX_AGE_DAYS = "max-age-days";
    static final String ENDPOINT = "endpoint";

    static final DestinationType TYPE =
            new DestinationType(
                    "reddit",
                    "Reddit",
                    "Tells Reddit's Conversions API of conversions, so that its campaigns learn.",
                    settings(),
                    eventNames(),
                    // Nothing that was told can be changed or taken back.
                    Set.of(Moment.PENDING, Moment.APPROVED),
                    "adapters/reddit.md");

    private RedditSettings() {}

    private static List<Setting> settings() {
        return List.of(
                Setting.required(
                                PIXEL_ID,
                                "Pixel id",
                                "Reddit Ads, Events Manager, your pixel: it begins with t2_ or a2_.")
                        .like("[A-Za-z0-9_-]{3,64}"),
                Setting.secret(
                        ACCESS_TOKEN,
                        "Access token",
                        "Reddit Ads, Events Manager, Conversions API: Generate access token."),
                Setting.optional(
                        TEST_ID,
                        "Test id",
                        "Reddit Ads, Events Manager, Test events. What is no test goes without it."),
                Setting.optional(ACTION_SOURCE, "Action source", "Where people convert.")
                        .otherwise("WEBSITE")
                        .oneOf("WEBSITE", "APP", "PHYSICAL_STORE", "OTHER"),
                Setting.optional(
                                CLICK_ID_PARAMETER,
                                "Click id parameter",
                                "The parameter of your tracking link with Reddit's click id;"
                                        + " externalid stands for the one that the traffic source"
                                        + " maps.")
                        .otherwise(PlatformClickId.RDT_CID.parameter())
                        .like("[A-Za-z0-9_.-]{1,64}"),
                Setting.optional(
                                MAX_AGE_DAYS,
                                "Oldest event in days",
                                "Older conversions are not sent. Reddit's own limit could not be"
                                        + " confirmed; 7 is what others work by.")
                        .otherwise("7")
                        .like("[1-9][0-9]{0,2}"),
                Setting.optional(ENDPOINT, "Endpoint", "Up to and with the API's version.")
                        .otherwise("https://ads-api.reddit.com/api/v3")
                        .like("https?://\\S+[^/\\s]"));
    }

    private static Map<String, String> eventNames() {
        var names = new HashMap<String, String>();
        for (var type :
                List.of(
                        "sale",
                        "conversion",
                        "purchase",
                        "order",
                        "upsell",
                        "rebill",
                        "deposit",
                        "ftd",
                        "subscription",
                        "subscribe")) {
            names.put(type, "PURCHASE");
        }
        for (var type : List.of("registration", "signup", "complete_registration", "trial")) {
            names.put(type, "SIGN_UP");
        }
        names.put("lead", "LEAD");
        names.put("quote", "LEAD");
        names.put("call", "LEAD");
        names.put("add_to_cart", "ADD_TO_CART");
        names.put("view_content", "VIEW_CONTENT");
        return names;
    }
}
