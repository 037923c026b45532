package matchback.deliver.meta;

import static java.util.Map.entry;
import static matchback.deliver.platform.Entry.hashed;
import static matchback.deliver.platform.Entry.plain;
import static matchback.deliver.platform.Entry.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import matchback.deliver.platform.Batch;
import matchback.deliver.platform.Connection;
import matchback.deliver.platform.Entry;
import matchback.deliver.platform.Envelope;
import matchback.deliver.platform.Json;
import matchback.deliver.platform.Mapping;
import matchback.deliver.platform.Normalisers;
import matchback.deliver.platform.Platform;
import matchback.deliver.platform.Rule;
import matchback.deliver.platform.Telling;
import matchback.model.Field;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.DestinationType;
import matchback.model.catalog.DestinationType.Setting;

/// The Meta Conversions API as data.
public final class MetaConversions {
    public static final String TYPE = "meta";

    private static final String NAME = "Meta";

    /// https://developers.facebook.com/docs/marketing-api/conversions-api/using-the-api
    private static final int BATCH_MAX = 1_000;

    private static final Duration AGE_MAX = Duration.ofDays(7);
    private static final Duration AGE_IN_STORE_MAX = Duration.ofDays(62);

    private static final String DATASET = "dataset";
    private static final String TOKEN = "access-token";
    private static final String VERSION = "version";
    private static final String ENDPOINT = "endpoint";
    private static final String ACTION_SOURCE = "action-source";
    private static final String PAGE_URL = "page-url";
    private static final String CLICK_ID_PARAMETER = "click-id-parameter";
    private static final String TEST_CODE = "test-code";
    private static final String PARTNER_AGENT = "partner-agent";
    private static final String LIMITED = "limited-data-use";
    private static final String LIMITED_COUNTRY = "limited-data-use-country";
    private static final String LIMITED_STATE = "limited-data-use-state";

    private static final Pattern PAGE = Pattern.compile("https?://[^\\s]+");

    private static final String WEBSITE = "website";
    private static final String IN_STORE = "physical_store";

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
                            .like(PAGE.pattern()),
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
                                            + " comes.")
                            .otherwise("fbclid")
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

    private static final Mapping<Telling> EVENT =
            new Mapping<>(
                    List.of(
                            text("event_name", Telling::eventName),
                            Entry.seconds("event_time", Telling::happenedAt),
                            text("event_id", Telling::eventId),
                            text("action_source", telling -> telling.setting(ACTION_SOURCE)),
                            plain("event_source_url", MetaConversions::page),
                            hashed("user_data.em", Field.EMAIL, Normalisers::email),
                            hashed("user_data.ph", Field.PHONE, Normalisers::phoneDigits),
                            hashed("user_data.fn", Field.FIRST_NAME, Normalisers::letters),
                            hashed("user_data.ln", Field.LAST_NAME, Normalisers::letters),
                            hashed("user_data.db", Field.BIRTH_DATE, Normalisers::birthDate),
                            hashed("user_data.ge", Field.GENDER, Normalisers::gender),
                            hashed("user_data.ct", Field.CITY, Normalisers::letters),
                            hashed("user_data.st", Field.REGION, Normalisers::region),
                            hashed("user_data.zp", Field.ZIP, Normalisers::postalCode),
                            hashed("user_data.country", Field.COUNTRY, Normalisers::country),
                            hashed(
                                    "user_data.external_id",
                                    Field.EXTERNAL_USER,
                                    Normalisers::identifier),
                            plain("user_data.client_ip_address", Telling::address),
                            plain("user_data.client_user_agent", Telling::userAgent),
                            plain("user_data.fbc", MetaConversions::fbc),
                            plain("user_data.fbp", MetaConversions::fbp),
                            Entry.number("custom_data.value", Telling::amount),
                            text("custom_data.currency", MetaConversions::currency),
                            text(
                                    "custom_data.order_id",
                                    telling -> telling.shipment().value("txid")),
                            Entry.node("opt_out", MetaConversions::optOut),
                            Entry.node("data_processing_options", MetaConversions::options),
                            Entry.node(
                                    "data_processing_options_country",
                                    telling -> limited(telling, LIMITED_COUNTRY)),
                            Entry.node(
                                    "data_processing_options_state",
                                    telling -> limited(telling, LIMITED_STATE))));

    private static final Envelope ENVELOPE =
            new Envelope(
                    MetaConversions::url,
                    connection -> Map.of("Authorization", "Bearer " + connection.secret(TOKEN)),
                    "data",
                    new Mapping<>(
                            List.of(
                                    text("test_event_code", MetaConversions::testCode),
                                    text("partner_agent", batch -> batch.setting(PARTNER_AGENT)))));

    public static final Platform PLATFORM =
            new Platform(
                    new DestinationType(
                            TYPE,
                            "Meta Conversions API",
                            "Tells Meta of conversions, for Facebook and Instagram ads.",
                            SETTINGS,
                            EVENT_NAMES,
                            Set.of(Moment.PENDING, Moment.APPROVED),
                            "adapters/meta.md"),
                    BATCH_MAX,
                    List.of(
                            MetaConversions::testWithoutCode,
                            Rule.momentsOfTheType(NAME),
                            Rule.unlessDenied(NAME),
                            Rule.youngerThan(MetaConversions::ageMax, NAME),
                            MetaConversions::weakWebsite,
                            MetaConversions::weakPurchase,
                            MetaConversions::weakPerson,
                            MetaConversions::weakLimit),
                    EVENT,
                    ENVELOPE,
                    MetaAnswers::judge);

    private MetaConversions() {}

    private static String url(Connection connection) {
        return String.join(
                "/",
                connection.setting(ENDPOINT),
                connection.setting(VERSION),
                connection.setting(DATASET),
                "events");
    }

    /// Meta counts events with a test code like all others, so real ones go without.
    private static String testCode(Batch batch) {
        boolean isTest = batch.parcels().stream().anyMatch(parcel -> parcel.shipment().isTest());
        return isTest ? batch.setting(TEST_CODE) : "";
    }

    private static Optional<String> testWithoutCode(Telling telling) {
        return telling.shipment().isTest() && telling.setting(TEST_CODE).isEmpty()
                ? Optional.of(
                        "Set test-code first (Events Manager, your dataset, Test events): without"
                                + " it the test would show up among your conversions")
                : Optional.empty();
    }

    private static Duration ageMax(Telling telling) {
        return telling.setting(ACTION_SOURCE).equals(IN_STORE) ? AGE_IN_STORE_MAX : AGE_MAX;
    }

    private static Optional<String> weakWebsite(Telling telling) {
        if (!telling.setting(ACTION_SOURCE).equals(WEBSITE)) {
            return Optional.empty();
        }
        if (telling.userAgent().isEmpty()) {
            return Optional.of(
                    "Meta asks for the user agent of website conversions, and none is known. Let"
                            + " the postback carry user_agent, or choose another action-source");
        }
        return page(telling).isEmpty()
                ? Optional.of(
                        "Meta asks for the page of website conversions, and none is known. Let the"
                                + " postback carry page_url, or set page-url")
                : Optional.empty();
    }

    private static Optional<String> weakPurchase(Telling telling) {
        return telling.eventName().equals("Purchase") && telling.amount().isEmpty()
                ? Optional.of(
                        "Meta asks for the value of a Purchase. Let the destination send payout or"
                                + " value, or name the event otherwise")
                : Optional.empty();
    }

    /// Meta refuses what it can match to nobody (subcode 2804050).
    private static Optional<String> weakPerson(Telling telling) {
        boolean hasAddress = !telling.address().isEmpty() && !telling.userAgent().isEmpty();
        boolean isKnown =
                Stream.of(
                                fbc(telling),
                                fbp(telling),
                                Entry.hash(telling, Field.EMAIL, Normalisers::email),
                                Entry.hash(telling, Field.PHONE, Normalisers::phoneDigits),
                                Entry.hash(telling, Field.EXTERNAL_USER, Normalisers::identifier))
                        .anyMatch(value -> !value.isEmpty());
        return isKnown || hasAddress
                ? Optional.empty()
                : Optional.of(
                        "Nothing is known by which Meta could find the person: no click id, no"
                                + " address with user agent, no e-mail, phone or user id");
    }

    private static Optional<String> weakLimit(Telling telling) {
        boolean isVague =
                telling.setting(LIMITED_COUNTRY).equals("0")
                        || telling.setting(LIMITED_STATE).equals("0");
        return isLimited(telling) && isVague && telling.address().isEmpty()
                ? Optional.of(
                        "Meta finds the state of limited data use by the visitor's address, and"
                                + " none is known. Set limited-data-use-country and -state")
                : Optional.empty();
    }

    private static String page(Telling telling) {
        return Stream.of(telling.user(Field.PAGE_URL), telling.setting(PAGE_URL), telling.page())
                .filter(url -> PAGE.matcher(url).matches())
                .findFirst()
                .orElse("");
    }

    private static String fbc(Telling telling) {
        return Fbc.of(
                telling.user(Field.FBC),
                telling.landing(telling.setting(CLICK_ID_PARAMETER)),
                telling.clickedAt());
    }

    private static String fbp(Telling telling) {
        return Fbc.browser(telling.user(Field.FBP));
    }

    private static String currency(Telling telling) {
        return telling.amount().isPresent() ? telling.currency() : "";
    }

    /// For attribution only, not for choosing whom ads are shown to.
    private static Optional<JsonNode> optOut(Telling telling) {
        return telling.isDenied(Field.AD_PERSONALIZATION)
                ? Optional.of(Json.nodes().booleanNode(true))
                : Optional.empty();
    }

    private static boolean isLimited(Telling telling) {
        return switch (telling.setting(LIMITED)) {
            case "always" -> true;
            case "never" -> false;
            default -> telling.isLimited();
        };
    }

    /// An empty list says that it is off.
    private static Optional<JsonNode> options(Telling telling) {
        var options = Json.nodes().arrayNode();
        return Optional.of(isLimited(telling) ? options.add("LDU") : options);
    }

    private static Optional<JsonNode> limited(Telling telling, String setting) {
        return isLimited(telling)
                ? Optional.of(Json.nodes().numberNode(Integer.parseInt(telling.setting(setting))))
                : Optional.empty();
    }
}
