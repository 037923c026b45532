package matchback.model;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The closed list of reasons. A reason belongs to one decision and has one HTTP status code; both
/// are part of the public contract (docs/reasons.md is generated from this list).
///
/// `warning` reasons never decide: they accompany a decision and name what was assumed.
public enum Reason {
    NEW_CONVERSION(Decision.COUNTED, 200, "A new conversion was counted.", "Nothing to do."),
    ADDITIONAL_CONVERSION(
            Decision.COUNTED,
            200,
            "A further conversion of a click that had already converted was counted.",
            "Nothing to do. If this should have been the same conversion, send the same txid."),
    STATUS_CHANGED(Decision.UPDATED, 200, "The conversion changed its status.", "Nothing to do."),
    PAYOUT_CHANGED(Decision.UPDATED, 200, "The conversion changed its payout.", "Nothing to do."),
    COMPLETED(
            Decision.UPDATED,
            200,
            "The report completed a conversion already known from another report.",
            "Nothing to do."),
    EDITED(
            Decision.UPDATED,
            200,
            "A person edited the conversion.",
            "Nothing to do; the conversion's history says who and why."),

    DUPLICATE_TRANSACTION(
            Decision.DUPLICATE,
            200,
            "This txid was already reported for this click.",
            "Nothing to do. For a further conversion of the same click send another txid."),
    DUPLICATE_TRANSACTION_OTHER_CLICK(
            Decision.DUPLICATE,
            200,
            "The same sender already reported this txid for another click.",
            "Check that the sender fills txid with its own unique conversion id."),
    DUPLICATE_EVENT_ID(
            Decision.DUPLICATE,
            200,
            "A report with this event_id was already taken.",
            "Nothing to do. A new event needs a new event_id."),
    DUPLICATE_REPORT(
            Decision.DUPLICATE,
            200,
            "This was reported before, and the report adds nothing.",
            "Nothing to do. For a further conversion of the same click send a txid."),
    STALE_STATUS(
            Decision.DUPLICATE,
            200,
            "The conversion is already past this status; it stays as it is.",
            "Nothing to do. Allowed: pending to approved or rejected, approved to rejected or"
                    + " reversed, rejected to approved."),

    AMBIGUOUS_CONVERSION(
            Decision.HELD,
            200,
            "The click has several conversions of this type and the report names none of them.",
            "Send the txid or the event_id, or decide it in the review queue."),
    UNKNOWN_STATUS(
            Decision.HELD,
            200,
            "The status word is not known.",
            "Map the word in the sender's statuses, then release the conversion."),
    UNKNOWN_CURRENCY(
            Decision.HELD,
            200,
            "The currency is no ISO 4217 code.",
            "Send a code such as USD, or set the sender's currency."),
    UNKNOWN_EVENT(
            Decision.HELD,
            200,
            "The event type is not known.",
            "Map the word in the sender's events, or send a known type."),
    NO_PAYOUT(
            Decision.HELD,
            200,
            "The report has no payout and the offer has no default.",
            "Send payout, or give the offer a default payout."),
    NO_RATE(
            Decision.HELD,
            200,
            "There is no exchange rate for this currency.",
            "Add a rate for the currency, then release the conversion."),
    AMOUNT_OVER_LIMIT(
            Decision.HELD,
            200,
            "The payout is over the sender's limit.",
            "Check the amount, then approve or reject it; raise the limit if it is normal."),
    BEFORE_CLICK(
            Decision.HELD,
            200,
            "The event time lies before the click.",
            "Check the sender's time zone and the unit of event_time."),
    IN_FUTURE(
            Decision.HELD,
            200,
            "The event time lies in the future.",
            "Check the sender's clock, its time zone and the unit of event_time."),
    CLICK_NOT_RECORDED(
            Decision.HELD,
            200,
            "The click was redirected while the ledger could not take it.",
            "Approve it if the campaign is right; see the alarm of that time."),
    CHECK_PENDING(
            Decision.HELD,
            202,
            "A check against another key is under way.",
            "Nothing to do: the outcome follows by itself."),
    BOT_CLICK(
            Decision.HELD,
            200,
            "The click was made by a bot.",
            "Approve it if the visitor was a person."),
    UNKNOWN_APP(
            Decision.HELD,
            200,
            "Apple reports an install of an app that is not set up here.",
            "Add the app under Apple with this App Store id, then approve what is held."),
    FRAUD_TOO_FAST(
            Decision.HELD,
            200,
            "Conversions of this kind came too soon after their clicks for a person.",
            "Look at the evidence, then approve or reject; see docs/validation.md."),
    FRAUD_INJECTION(
            Decision.HELD,
            200,
            "The publisher's conversions come a few seconds after their clicks.",
            "Look at the evidence, then approve or reject; ask the source about the publisher."),
    FRAUD_FLOODING(
            Decision.HELD,
            200,
            "The publisher has many clicks and few conversions, spread evenly over the time after"
                    + " the click.",
            "Look at the evidence, then approve or reject; ask the source about the publisher."),
    FRAUD_CLUSTER(
            Decision.HELD,
            200,
            "Conversions within seconds of one another are of clicks from one address or network.",
            "Look at the evidence, then approve or reject; ask the source about the publisher."),
    FRAUD_AMOUNT(
            Decision.HELD,
            200,
            "The amounts are far above what the offer usually brings.",
            "Compare them with the sender's own figures, then approve or reject."),
    FRAUD_RHYTHM(
            Decision.HELD,
            200,
            "The conversions come at equal delays or equal gaps, as a program makes them.",
            "Look at the evidence, then approve or reject; ask the source about the publisher."),
    FRAUD_TRANSACTION(
            Decision.HELD,
            200,
            "The txids look like earlier ones of other clicks, written a little differently.",
            "Compare them with the sender's own list, then approve or reject."),
    FRAUD_UNUSUAL(
            Decision.HELD,
            200,
            "The publisher's conversions are, in several figures together, unlike those of others.",
            "Look at the figures in the evidence, then approve or reject; ask the source about the"
                    + " publisher."),
    INTERNAL_ERROR(
            Decision.HELD,
            200,
            "The report is stored, but deciding it failed.",
            "See the log for its record id; it is decided again after the fix."),

    MISSING_CLICK_ID(
            Decision.REFUSED,
            400,
            "No click id was found in the request.",
            "Send the click id as clickid (or click_id, cid, subid, sub_id, cnv_id)."),
    UNRESOLVED_MACRO(
            Decision.REFUSED,
            400,
            "The click id is a macro that was not replaced.",
            "Use the macro this sender really fills; see its template."),
    MALFORMED_CLICK_ID(
            Decision.REFUSED,
            400,
            "The value is no click id.",
            "Pass the value of {clickid} through unchanged: 32 letters and digits."),
    TRUNCATED_CLICK_ID(
            Decision.REFUSED,
            400,
            "The click id was cut off.",
            "The field that keeps the click id must hold 32 characters."),
    MALFORMED_REQUEST(
            Decision.REFUSED,
            400,
            "The request contradicts itself or cannot be read.",
            "See the message for the parameter; send each parameter once, as UTF-8."),
    BAD_TOKEN(
            Decision.REFUSED,
            401,
            "The sender's token, or the secret in its URL, is missing or wrong.",
            "Copy the postback URL of the sender again."),
    BAD_SIGNATURE(
            Decision.REFUSED,
            401,
            "The signature does not match the request.",
            "Compare the string that is signed and the key with the guide."),
    STALE_SIGNATURE(
            Decision.REFUSED,
            401,
            "The signature's time is too far from ours.",
            "Sign every request anew and keep the clock synchronised."),
    ADDRESS_NOT_ALLOWED(
            Decision.REFUSED,
            403,
            "The caller's address is not on the sender's list.",
            "Add the address to the sender, or check the trusted proxies."),
    WRONG_SENDER(
            Decision.REFUSED,
            403,
            "The click belongs to an offer of another sender.",
            "Use the postback URL of the offer's own sender."),
    FORGED_CLICK_ID(
            Decision.REFUSED,
            404,
            "The click id was not issued by this installation.",
            "The id was changed on its way or invented; pass it through unchanged."),
    FOREIGN_CLICK_ID(
            Decision.REFUSED,
            404,
            "The click id has the form of another tracker's.",
            "Send the id of this tracker, or set up forwarding for the old one."),
    UNKNOWN_CLICK(
            Decision.REFUSED,
            404,
            "The click id is authentic, but its click is not stored here.",
            "Was the data folder replaced or restored from an older backup?"),
    EXPIRED_CLICK(
            Decision.REFUSED,
            404,
            "The click is too old to convert.",
            "Report conversions sooner, or lengthen the offer's window."),
    TOO_LATE(
            Decision.REFUSED,
            404,
            "The conversion came after the offer's attribution window.",
            "Lengthen the offer's window if such conversions should count."),
    UNKNOWN_SENDER(
            Decision.REFUSED,
            404,
            "There is no sender with the key in the path.",
            "Copy the postback URL of the sender again."),
    ERASED_CLICK(
            Decision.REFUSED,
            404,
            "The click's person asked to be erased.",
            "Nothing to do: nothing is kept of this click."),
    REPLAYED_SIGNATURE(
            Decision.REFUSED,
            409,
            "A request with this nonce was already taken.",
            "Sign every request with a new nonce."),
    TOO_LARGE(Decision.REFUSED, 413, "The request is too large.", "See the limits in the guide."),
    RATE_LIMITED(
            Decision.REFUSED,
            429,
            "Too many unknown click ids from this address.",
            "Send authentic click ids; those are never limited."),
    IGNORED_STATUS(
            Decision.REFUSED,
            200,
            "The sender's mapping ignores this status.",
            "Change the sender's status mapping if it should count."),
    OVER_CAP(
            Decision.REFUSED,
            200,
            "The offer's cap for the day is reached.",
            "Raise the cap if further conversions should count."),
    NOT_WON(
            Decision.REFUSED,
            200,
            "Apple tells that another network's ad won this install.",
            "Nothing to do: it counts for nothing and is shown in the reports of Apple's"
                    + " postbacks."),
    LATER_WINDOW(
            Decision.REFUSED,
            200,
            "A later conversion window of an install; the app's values say nothing about it.",
            "Add a conversion value for this window to the app if it should count."),
    TEST_POSTBACK(
            Decision.REFUSED,
            200,
            "Apple's postback of a test, or of a device in developer mode.",
            "Let the app accept test postbacks while you try it out."),
    REJECTED_IN_REVIEW(
            Decision.REFUSED,
            200,
            "A person looked at the held report and rejected it.",
            "Nothing to do; the postback's page says who rejected it and why."),
    FORWARDED_FOREIGN(
            Decision.REFUSED,
            200,
            "The click id is another tracker's; the postback was stored and forwarded there.",
            "Nothing to do."),

    PAYOUT_DEFAULTED("The payout was missing; the offer's default was taken.", "Send payout."),
    TXID_UNRESOLVED(
            "The txid is a macro that was not replaced; it was left out.",
            "Use the macro this sender really fills."),
    MALFORMED_AMOUNT(
            "An amount could not be read and counts as missing.",
            "Send a plain decimal such as 12.50."),
    UNRESOLVED_PARAMETER(
            "A parameter is a macro that was not replaced; it was left out.",
            "Use the macro this sender really fills."),
    MALFORMED_TIME(
            "The event_time could not be read; the time of receipt was taken.",
            "Send epoch seconds, epoch milliseconds or ISO 8601."),
    AMBIGUOUS_SOURCE(
            "The digits of the source identifier that Apple told fit several campaigns; the app's"
                    + " fallback was taken.",
            "Give campaigns identifiers that differ in their last two digits."),
    UNMAPPED_VALUE(
            "No conversion value of the app fits the one Apple told; it was counted without"
                    + " revenue.",
            "Add the value to the app, then replay the period."),
    UNSIGNED_SENDER(
            "The sender has no security rule: anyone who knows a click id can post.",
            "Give the sender a token, a signature or an address list.");

    private static final Map<String, Reason> BY_CODE = new HashMap<>();

    static {
        for (var reason : values()) {
            BY_CODE.put(reason.code(), reason);
        }
    }

    private final Optional<Decision> decision;
    private final int httpStatus;
    private final String message;
    private final String advice;
    private final String code;

    Reason(Decision decision, int httpStatus, String message, String advice) {
        this.decision = Optional.of(decision);
        this.httpStatus = httpStatus;
        this.message = message;
        this.advice = advice;
        this.code = name().toLowerCase(Locale.ROOT);
    }

    Reason(String message, String advice) {
        this.decision = Optional.empty();
        this.httpStatus = 200;
        this.message = message;
        this.advice = advice;
        this.code = name().toLowerCase(Locale.ROOT);
    }

    /// The spelling used in answers, columns and metrics, for example `new_conversion`.
    public String code() {
        return code;
    }

    /// The decision this reason stands for. Throws for a warning, which decides nothing.
    public Decision decision() {
        return decision.orElseThrow(() -> new IllegalStateException(code + " is a warning"));
    }

    public boolean isWarning() {
        return decision.isEmpty();
    }

    /// HTTP status code of the answer to a generic sender.
    public int httpStatus() {
        return httpStatus;
    }

    /// One sentence: what happened.
    public String message() {
        return message;
    }

    /// One sentence: what the reader can do about it.
    public String advice() {
        return advice;
    }

    /// The reason with this code, or empty when there is none.
    public static Optional<Reason> ofCode(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
