package matchback.deliver.google;

import java.util.List;
import java.util.Map;
import java.util.Set;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.DestinationType;
import matchback.model.catalog.DestinationType.Setting;

/// What an operator says of a Google destination, with Google's usual values for the rest.
final class Form {
    static final String CUSTOMER_ID = "customer-id";
    static final String CONVERSION_ACTION_ID = "conversion-action-id";
    static final String LOGIN_CUSTOMER_ID = "login-customer-id";
    static final String SERVICE_ACCOUNT_KEY = "service-account-key";
    static final String CLIENT_ID = "client-id";
    static final String CLIENT_SECRET = "client-secret";
    static final String REFRESH_TOKEN = "refresh-token";
    static final String TRANSACTION_ID = "transaction-id";
    static final String EVENT_SOURCE = "event-source";
    static final String CONSENT_AD_USER_DATA = "consent-ad-user-data";
    static final String CONSENT_AD_PERSONALIZATION = "consent-ad-personalization";
    static final String DEVICE_INFO = "device-info";
    static final String CLICK_DAYS_MAX = "click-days-max";
    static final String PERSON_DAYS_MAX = "person-days-max";
    static final String USER_PROJECT = "user-project";
    static final String ACCOUNT_TYPE = "account-type";
    static final String ENDPOINT = "endpoint";
    static final String TOKEN_URL = "token-url";

    static final String TXID = "txid";
    static final String GRANTED = "granted";
    static final String DENIED = "denied";

    private static final String ACCOUNT = "[0-9]{3}-[0-9]{3}-[0-9]{4}|[0-9]{1,19}";
    static final String NUMBER = "[0-9]{1,19}";
    private static final String DAYS = "[1-9][0-9]{0,2}";

    static final DestinationType TYPE =
            new DestinationType(
                    DataManager.KIND,
                    "Google Ads",
                    "Conversions by click id and by hashed data of the person, through Google's"
                            + " Data Manager API.",
                    List.of(
                            Setting.required(
                                            CUSTOMER_ID,
                                            "Customer id",
                                            "The Google Ads account that owns the conversion"
                                                    + " action: ten digits, top right in Google"
                                                    + " Ads.")
                                    .like(ACCOUNT),
                            Setting.required(
                                            CONVERSION_ACTION_ID,
                                            "Conversion action id",
                                            "The digits behind ctId= in the address of the"
                                                    + " conversion action's page in Google Ads."
                                                    + " Event names can give an event type its"
                                                    + " own.")
                                    .like(NUMBER),
                            Setting.optional(
                                            LOGIN_CUSTOMER_ID,
                                            "Manager account id",
                                            "Where access goes through a manager account: its ten"
                                                    + " digits.")
                                    .like(ACCOUNT),
                            Setting.optionalSecret(
                                            SERVICE_ACCOUNT_KEY,
                                            "Service account key",
                                            "The whole JSON file of the key; the service account's"
                                                    + " e-mail address must be a user of the Google Ads"
                                                    + " account. Or leave it empty and give the next"
                                                    + " three.")
                                    .withLines(),
                            Setting.optional(
                                    CLIENT_ID,
                                    "OAuth client id",
                                    "From the Google Cloud project; ends in"
                                            + " .apps.googleusercontent.com."),
                            Setting.optionalSecret(
                                    CLIENT_SECRET,
                                    "OAuth client secret",
                                    "Beside the client id in the Google Cloud project."),
                            Setting.optionalSecret(
                                    REFRESH_TOKEN,
                                    "Refresh token",
                                    "Of a user of the Google Ads account, granted for the scope "
                                            + AccessTokens.SCOPE
                                            + "."),
                            Setting.optional(
                                            TRANSACTION_ID,
                                            "Transaction id",
                                            "event-id: our own. txid: the sender's order number,"
                                                    + " for conversion actions that a Google tag"
                                                    + " reports to as well.")
                                    .otherwise("event-id")
                                    .oneOf("event-id", TXID),
                            Setting.optional(
                                            EVENT_SOURCE,
                                            "Event source",
                                            "Where conversions happen.")
                                    .otherwise("WEB")
                                    .oneOf("WEB", "APP", "IN_STORE", "PHONE", "OTHER"),
                            Setting.optional(
                                            CONSENT_AD_USER_DATA,
                                            "Consent to the use of user data",
                                            "Of people whose report does not tell (ad_user_data)."
                                                    + " Google asks for it in the European"
                                                    + " Economic Area.")
                                    .oneOf(GRANTED, DENIED),
                            Setting.optional(
                                            CONSENT_AD_PERSONALIZATION,
                                            "Consent to personal ads",
                                            "Of people whose report does not tell"
                                                    + " (ad_personalization).")
                                    .oneOf(GRANTED, DENIED),
                            Setting.optional(
                                            DEVICE_INFO,
                                            "Send address and browser",
                                            "Whether the IP address and user agent of the visitor"
                                                    + " are sent.")
                                    .otherwise("yes")
                                    .oneOf("yes", "no"),
                            Setting.optional(
                                            CLICK_DAYS_MAX,
                                            "Oldest click",
                                            "Days for which Google takes conversions of a click.")
                                    .otherwise("90")
                                    .like(DAYS),
                            Setting.optional(
                                            PERSON_DAYS_MAX,
                                            "Oldest click without its id",
                                            "The same for conversions that carry nothing but data"
                                                    + " of the person.")
                                    .otherwise("63")
                                    .like(DAYS),
                            Setting.optional(
                                    USER_PROJECT,
                                    "Quota project",
                                    "The Google Cloud project whose quota is used, if it is not"
                                            + " the one of the credentials."),
                            Setting.optional(
                                            ACCOUNT_TYPE,
                                            "Account type",
                                            "What the customer id is one of.")
                                    .otherwise("GOOGLE_ADS")
                                    .oneOf(
                                            "GOOGLE_ADS",
                                            "DISPLAY_VIDEO_PARTNER",
                                            "DISPLAY_VIDEO_ADVERTISER",
                                            "DATA_PARTNER",
                                            "GOOGLE_ANALYTICS_PROPERTY"),
                            Setting.optional(
                                            ENDPOINT, "API address", "With the version of the API.")
                                    .otherwise("https://datamanager.googleapis.com/v1"),
                            Setting.optional(
                                            TOKEN_URL,
                                            "Token address",
                                            "Where access tokens are given out.")
                                    .otherwise("https://oauth2.googleapis.com/token")),
                    Map.of(),
                    Set.of(Moment.PENDING, Moment.APPROVED, Moment.CHANGED),
                    "adapters/google.md");

    private Form() {}
}
