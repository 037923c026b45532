package matchback.deliver.google;

import java.util.Set;

/// What a reason that Google gives for refusing a request is about
/// ([list](https://github.com/googleapis/googleapis/blob/master/google/ads/datamanager/v1/error.proto)).
enum Meaning {
    /// One event; the same event will be refused again.
    EVENT,
    /// Account, conversion action or terms: somebody must change something there or here.
    SETTINGS,
    /// Google's own trouble, or its quota.
    LATER,
    /// Reasons that are not known to us.
    UNKNOWN;

    private static final Set<String> ABOUT_EVENTS =
            Set.of(
                    "REQUIRED_FIELD_MISSING",
                    "INVALID_FORMAT",
                    "INVALID_HEX_ENCODING",
                    "INVALID_BASE64_ENCODING",
                    "INVALID_SHA256_FORMAT",
                    "INVALID_POSTAL_CODE",
                    "INVALID_COUNTRY_CODE",
                    "INVALID_ENUM_VALUE",
                    "INVALID_NUMBER_FORMAT",
                    "INVALID_CURRENCY_CODE",
                    "INVALID_EVENT",
                    "TOO_MANY_USER_IDENTIFIERS",
                    "NO_IDENTIFIERS_PROVIDED");

    private static final Set<String> ABOUT_SETTINGS =
            Set.of(
                    "NOT_FOUND",
                    "PERMISSION_DENIED",
                    "INVALID_DESTINATION",
                    "TERMS_AND_CONDITIONS_NOT_SIGNED",
                    "INVALID_CONVERSION_ACTION_ID",
                    "INVALID_CONVERSION_ACTION_TYPE",
                    "TOO_MANY_DESTINATIONS",
                    "DUPLICATE_DESTINATION_REFERENCE",
                    "DIFFERENT_LOGIN_ACCOUNTS_NOT_ALLOWED_FOR_DATA_PARTNER",
                    "DESTINATION_ACCOUNT_NOT_ENABLED_ENHANCED_CONVERSIONS_FOR_LEADS",
                    "DESTINATION_ACCOUNT_DATA_POLICY_PROHIBITS_ENHANCED_CONVERSIONS",
                    "DESTINATION_ACCOUNT_ENHANCED_CONVERSIONS_TERMS_NOT_SIGNED");

    private static final Set<String> PASSING =
            Set.of("INTERNAL_ERROR", "DEADLINE_EXCEEDED", "RESOURCE_EXHAUSTED");

    static Meaning of(String reason) {
        if (ABOUT_EVENTS.contains(reason)) {
            return EVENT;
        }
        if (ABOUT_SETTINGS.contains(reason)) {
            return SETTINGS;
        }
        return PASSING.contains(reason) ? LATER : UNKNOWN;
    }
}
