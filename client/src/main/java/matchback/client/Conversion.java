package matchback.client;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One conversion as it is reported. Immutable.
///
/// The transaction id makes it safe to report the same conversion again: however often it is
/// reported, it counts once.
public final class Conversion {
    /// Longest value of a field, in characters; the tracker takes no longer ones.
    public static final int VALUE_CHARS_MAX = 2048;

    /// Most fields; the tracker reads no more.
    public static final int FIELDS_MAX = 100;

    /// Longest form of all fields together, in bytes; the tracker takes no longer one.
    public static final int FORM_BYTES_MAX = 60 * 1024;

    private final Map<String, String> fields;

    private Conversion(Map<String, String> fields) {
        this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /// @param clickId as it came with the visitor, see [ClickIds]
    /// @param transactionId the order's or the payment's id; unique among your conversions of one
    ///   event type
    public static Builder of(String clickId, String transactionId) {
        return new Builder().field("clickid", clickId).field("txid", transactionId);
    }

    /// The fields by the names of the postback's parameters.
    public Map<String, String> fields() {
        return fields;
    }

    public String clickId() {
        return fields.getOrDefault("clickid", "");
    }

    public String transactionId() {
        return fields.getOrDefault("txid", "");
    }

    /// What is wrong with it, each in one sentence; empty when it can be sent. Whether the click id
    /// is one of the tracker's only the tracker knows.
    public List<String> problems() {
        var problems = new ArrayList<String>();
        if (clickId().isBlank()) {
            problems.add(
                    "clickid is empty: the visitor's click id was not kept, or never came with the"
                            + " landing page's URL");
        }
        if (transactionId().isBlank()) {
            problems.add(
                    "txid is empty: without it a repeated report cannot be told from a new one");
        }
        fields.forEach((name, value) -> {
            if (value.length() > VALUE_CHARS_MAX) {
                problems.add(name + " has more than " + VALUE_CHARS_MAX + " characters");
            }
            if (value.startsWith("{") && value.endsWith("}")) {
                problems.add(name + " is a macro that nobody replaced: " + value);
            }
        });
        if (fields.size() > FIELDS_MAX) {
            problems.add("there are more than " + FIELDS_MAX + " fields");
        } else if (SignedForm.body(fields).length > FORM_BYTES_MAX) {
            problems.add("the fields together are longer than " + FORM_BYTES_MAX + " bytes");
        }
        if (fields.containsKey("payout") && !fields.containsKey("currency")) {
            problems.add("payout has no currency");
        }
        return problems;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Conversion that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /// Without what is personal.
    @Override
    public String toString() {
        return "Conversion[clickid=" + clickId() + ", txid=" + transactionId() + "]";
    }

    /// Collects a conversion's fields. Empty values are left out.
    public static final class Builder {
        private final Map<String, String> fields = new LinkedHashMap<>();

        private Builder() {}

        /// `sale` when not named; others are for example `lead`, `registration`, `deposit`.
        public Builder event(String type) {
            return field("event", type);
        }

        /// `approved` when not named; else `pending`, `rejected` or `reversed`.
        public Builder status(String status) {
            return field("status", status);
        }

        /// What the affiliate earns.
        ///
        /// @param amount for example `12.50`
        /// @param currency ISO 4217
        public Builder payout(String amount, String currency) {
            return payout(new BigDecimal(amount), currency);
        }

        public Builder payout(BigDecimal amount, String currency) {
            return field("payout", amount.toPlainString()).field("currency", currency);
        }

        /// The order's value, in the payout's currency.
        public Builder value(BigDecimal amount, String currency) {
            return field("value", amount.toPlainString()).field("currency", currency);
        }

        public Builder time(Instant at) {
            return field("event_time", at.toString());
        }

        public Builder promoCode(String code) {
            return field("promo", code);
        }

        /// Personal; only for destinations that match by it.
        public Builder email(String email) {
            return field("email", email);
        }

        /// Personal; with the country code.
        public Builder phone(String phone) {
            return field("phone", phone);
        }

        /// Any other parameter of the postback.
        public Builder field(String name, String value) {
            if (!value.isEmpty()) {
                fields.put(name, value);
            }
            return this;
        }

        public Conversion build() {
            return new Conversion(fields);
        }
    }
}
