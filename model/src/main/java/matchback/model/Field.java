package matchback.model;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a postback can tell, and the parameter names under which each is understood without any
/// mapping: ours, and those of the trackers whose postback URLs people bring along (Voluum, Binom,
/// RedTrack, Keitaro, BeMob, FunnelFlux, ClickFlare, Prosper202; sources in docs/postbacks.md).
public enum Field {
    /// The click id, in the order in which the names are tried.
    CLICKID(Kind.DURABLE, "clickid", "click_id", "cid", "subid", "sub_id", "cnv_id", "hit"),
    /// What the operator earns.
    PAYOUT(Kind.DURABLE, "payout", "sum", "revenue", "amount", "rev", "profit"),
    CURRENCY(Kind.DURABLE, "currency", "cnv_currency"),
    /// The order's value.
    VALUE(Kind.DURABLE, "value", "order_value", "sale_amount"),
    /// The sender's id of the conversion.
    TXID(
            Kind.DURABLE,
            "txid",
            "transaction_id",
            "transactionid",
            "tid",
            "tx",
            "t202txid",
            "order_id",
            "orderid"),
    /// The event type.
    EVENT(Kind.DURABLE, "event", "et", "ct", "goal", "event_name", "type"),
    STATUS(Kind.DURABLE, "status", "cnv_status"),
    /// Why the sender rejects it; without a status it is a rejection. The second is Adjust's and
    /// the third that of AppsFlyer's macro (docs/templates.md).
    REJECT_REASON(Kind.DURABLE, "reject_reason", "rejection_reason", "blocked_reason"),
    /// The sender's id of this very report.
    EVENT_ID(Kind.DURABLE, "event_id", "rdtk_event_id"),
    EVENT_TIME(Kind.DURABLE, "event_time", "conv_time"),
    PROMO(Kind.DURABLE, "promo", "promo_code", "coupon_code"),
    /// Answers with this body; Keitaro's (docs.keitaro.io/en/conversions/postback.html).
    RETURN(Kind.DURABLE, "return"),
    /// Status words, separated by commas, that stand for each of ours; Keitaro's (same page).
    SALE_STATUS(Kind.DURABLE, "sale_status"),
    LEAD_STATUS(Kind.DURABLE, "lead_status"),
    REJECTED_STATUS(Kind.DURABLE, "rejected_status"),
    IGNORE_STATUS(Kind.DURABLE, "ignore_status", "ignore"),
    EMAIL(Kind.PERSONAL, "email", "em"),
    PHONE(Kind.PERSONAL, "phone", "ph"),
    FIRST_NAME(Kind.PERSONAL, "first_name", "fn"),
    LAST_NAME(Kind.PERSONAL, "last_name", "ln"),
    EXTERNAL_USER(Kind.PERSONAL, "user_id", "external_id"),
    USER_ADDRESS(Kind.PERSONAL, "ip", "user_ip"),
    USER_AGENT(Kind.PERSONAL, "ua", "user_agent"),
    CITY(Kind.PERSONAL, "city"),
    REGION(Kind.PERSONAL, "region", "state"),
    ZIP(Kind.PERSONAL, "zip", "postal_code"),
    /// ISO 3166-1 alpha-2.
    COUNTRY(Kind.PERSONAL, "country"),
    /// As YYYYMMDD or YYYY-MM-DD.
    BIRTH_DATE(Kind.PERSONAL, "birth_date", "dob"),
    GENDER(Kind.PERSONAL, "gender"),
    /// The page the person converted on.
    PAGE_URL(Kind.PERSONAL, "page_url", "event_source_url"),
    /// Values of the platforms' own cookies, as their browser scripts set them.
    FBC(Kind.PERSONAL, "fbc"),
    FBP(Kind.PERSONAL, "fbp"),
    TTP(Kind.PERSONAL, "ttp"),
    /// `granted` or `denied`: whether the person agreed to the use of user data for ads.
    AD_USER_DATA(Kind.PERSONAL, "ad_user_data"),
    /// `granted` or `denied`: whether the person agreed to personal ads.
    AD_PERSONALIZATION(Kind.PERSONAL, "ad_personalization"),
    /// `1`: the person's data may be used within limits only.
    LIMITED_DATA_USE(Kind.PERSONAL, "limited_data_use", "ldu"),
    /// Of the device, as apps and measurement partners know it: Apple's and Google's ids for ads,
    /// Apple's id for a vendor, and the partners' own ids of an installation.
    IDFA(Kind.PERSONAL, "idfa"),
    IDFV(Kind.PERSONAL, "idfv"),
    GAID(Kind.PERSONAL, "gaid", "aaid", "gps_adid", "advertising_id", "aifa"),
    ANDROID_ID(Kind.PERSONAL, "android_id"),
    APPSFLYER_ID(Kind.PERSONAL, "appsflyer_id"),
    ADJUST_ID(Kind.PERSONAL, "adjust_id"),
    SINGULAR_ID(Kind.PERSONAL, "sdid", "singular_id"),
    /// IAB TCF: whether the GDPR applies (`1`), the consent string, and Google's additional
    /// consent; handed on as they came.
    GDPR(Kind.PERSONAL, "gdpr"),
    GDPR_CONSENT(Kind.PERSONAL, "gdpr_consent"),
    ADDTL_CONSENT(Kind.PERSONAL, "addtl_consent"),
    /// IAB GPP: the string and the ids of its sections that apply.
    GPP(Kind.PERSONAL, "gpp"),
    GPP_SID(Kind.PERSONAL, "gpp_sid"),
    US_PRIVACY(Kind.PERSONAL, "us_privacy"),
    TOKEN(Kind.SECRET, "token", "security_token"),
    SIGNATURE(Kind.SECRET, "sig"),
    SIGNATURE_TIME(Kind.SECRET, "ts"),
    NONCE(Kind.SECRET, "nonce"),
    KEY_ID(Kind.SECRET, "kid");

    private enum Kind {
        DURABLE,
        PERSONAL,
        SECRET
    }

    /// The names of all fields that may stand in the durable part of a record.
    public static final Set<String> DURABLE_NAMES;

    private static final Map<String, Field> BY_KEY = new HashMap<>();

    static {
        var names = new HashSet<String>();
        for (var field : values()) {
            BY_KEY.put(field.key(), field);
            if (field.isDurable()) {
                names.addAll(field.names);
            }
        }
        DURABLE_NAMES = Set.copyOf(names);
    }

    private final Kind kind;
    private final List<String> names;

    Field(Kind kind, String... names) {
        this.kind = kind;
        this.names = List.copyOf(Arrays.asList(names));
    }

    /// The spelling in a sender's mapping, for example `event_id`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The names tried in this order.
    public List<String> names() {
        return names;
    }

    /// Whether the value may stand in the durable part: neither personal nor secret.
    public boolean isDurable() {
        return kind == Kind.DURABLE;
    }

    /// Whether it says something of the person; such values stand in the personal block only.
    public boolean isPersonal() {
        return kind == Kind.PERSONAL;
    }

    /// Whether the value proves who calls; it is shown and logged nowhere.
    public boolean isSecret() {
        return kind == Kind.SECRET;
    }

    public static Optional<Field> ofKey(String key) {
        return Optional.ofNullable(BY_KEY.get(key));
    }
}
