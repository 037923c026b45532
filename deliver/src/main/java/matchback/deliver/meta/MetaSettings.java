package matchback.deliver.meta;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Set;
import matchback.model.PlatformClickId;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.DestinationType;
import matchback.model.catalog.DestinationType.Setting;

/// What an operator must know to connect Meta.
final class MetaSettings {
    static final String DATASET = "dataset";
    static final String TOKEN = "access-token";
    static final String VERSION = "version";
    static final String ENDPOINT = "endpoint";
    static final String ACTION_SOURCE = "action-source";
    static final String PAGE_URL = "page-url";
    static final String CLICK_ID_PARAMETER = "click-id-parameter";
    static final String TEST_CODE = "test-code";
    static final String PARTNER_AGENT = "partner-agent";
    static final String LIMITED = "limited-data-use";
    static final String LIMITED_COUNTRY = "limited-data-use-country";
    static final String LIMITED_STATE = "limited-data-use-state";

    static final String WEBSITE = "website";
    static final String IN_STORE = "physical_store";

    /// A page's address as Meta takes it.
    static final String PAGE_FORM = "https?://[^\\s]+";

    private static final List<Setting> SETTINGS =
            List.of(
                    Setting.required(
                                    DATASET,
                                    "Dataset (pixel) id",
                                    "Digits. Events Manager, Data sources, your dataset, Settings.")
                            .like("[0-9]{5,20}"),
                    Setting.secret(
                                    TOKEN,
                                    "Access token",
                                    "Events Manager, your dataset, Settings, Conversions API, Set"
                                            + " up manually, Generate access token.")
                            .like("[A-Za-z0-9_.|-]{20,1024}"),
                    Setting.optional(
                                    ACTION_SOURCE,
                                    "Where it happened",
                                    "What Meta calls action_source. Website conversions also need"
                                            + " the visitor's user agent and a page.")
                            .otherwise(WEBSITE)
                            .oneOf(
                                    WEBSITE,
                                    "email",
                                    "phone_call",
                                    "chat",
                                    IN_STORE,
                                    "system_generated",
                                    "business_messaging",
                                    "other"),
                    Setting.optional(
                                    PAGE_URL,
                                    "Page",
                                    "The page people convert on, for postbacks that carry no"
                                            + " page_url. Without it the offer's address is told.")
                            .like(PAGE_FORM),
                    Setting.optional(
                                    TEST_CODE,
                                    "Test code",
                                    "From the tab Test events, where test events then show up. What"
                                            + " is not a test goes without it.")
                            .like("[A-Za-z0-9_-]{1,40}"),
                    Setting.optional(
                                    LIMITED,
                                    "Limited data use",
                                    "reported: for those whose postback says limited_data_use=1."
                                            + " always: for everybody.")
                            .otherwise("reported")
                            .oneOf("reported", "always", "never"),
                    Setting.optional(
                                    LIMITED_COUNTRY,
                                    "Limited data use: country",
                                    "0: Meta finds it by the address. 1: USA.")
                            .otherwise("0")
                            .oneOf("0", "1"),
                    Setting.optional(
                                    LIMITED_STATE,
                                    "Limited data use: state",
                                    "0: Meta finds it by the address. 1000: California; Meta's"
                                            + " documentation lists the others.")
                            .otherwise("0")
                            .like("0|1[0-9]{3}"),
                    Setting.optional(
                                    CLICK_ID_PARAMETER,
                                    "Click id parameter",
                                    "The parameter of your tracking link in which Meta's click id"
                                            + " comes; externalid stands for the one that the"
                                            + " traffic source maps.")
                            .otherwise(PlatformClickId.FBCLID.parameter())
                            .like("[A-Za-z0-9_.-]{1,64}"),
                    Setting.optional(
                                    VERSION,
                                    "API version",
                                    "Each is usable for about two years; afterwards Meta refuses"
                                            + " it.")
                            .otherwise("v26.0")
                            .like("v[0-9]{1,3}\\.[0-9]"),
                    Setting.optional(
                                    PARTNER_AGENT,
                                    "Partner agent",
                                    "How Meta's quality reports name who sent the event.")
                            .otherwise("matchback_s2s")
                            .like("[a-z0-9_.-]{1,22}"),
                    Setting.optional(ENDPOINT, "API address", "Only to send through a gateway.")
                            .otherwise("https://graph.facebook.com")
                            .like("https?://[^\\s?#]+[^\\s?#/]"));

    /// Standard events where Meta has one; the others are custom events under our own name.
    /// https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/server-event
    private static final Map<String, String> EVENT_NAMES =
            Map.ofEntries(
                    entry("sale", "Purchase"),
                    entry("purchase", "Purchase"),
                    entry("order", "Purchase"),
                    entry("upsell", "Purchase"),
                    entry("deposit", "Purchase"),
                    entry("ftd", "Purchase"),
                    entry("conversion", "Lead"),
                    entry("lead", "Lead"),
                    entry("quote", "Lead"),
                    entry("registration", "CompleteRegistration"),
                    entry("signup", "CompleteRegistration"),
                    entry("complete_registration", "CompleteRegistration"),
                    entry("trial", "StartTrial"),
                    entry("subscription", "Subscribe"),
                    entry("subscribe", "Subscribe"),
                    entry("add_to_cart", "AddToCart"),
                    entry("checkout", "InitiateCheckout"),
                    entry("initiate_checkout", "InitiateCheckout"),
                    entry("view_content", "ViewContent"),
                    entry("call", "Contact"),
                    entry("kyc", "SubmitApplication"));

    static final DestinationType TYPE =
            new DestinationType(
                    MetaConversions.TYPE,
                    "Meta Conversions API",
                    "Tells Meta of conversions, for Facebook and Instagram ads.",
                    SETTINGS,
                    EVENT_NAMES,
                    Set.of(Moment.PENDING, Moment.APPROVED),
                    "adapters/meta.md");

    private MetaSettings() {}
}
