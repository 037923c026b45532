package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import matchback.model.Money;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.ExchangeRate;

/// `/exchange-rates`: the key is the currency.
record RateKind() implements Kind<ExchangeRate> {
    private static final int PLACES_MAX = 12;
    private static final BigDecimal RATE_MAX = new BigDecimal("1000000000000");

    @Override
    public String path() {
        return "exchange-rates";
    }

    @Override
    public String word() {
        return "exchange rate";
    }

    @Override
    public Class<ExchangeRate> type() {
        return ExchangeRate.class;
    }

    @Override
    public List<FieldSpec> fields() {
        var schema = Schema.amount("What one unit of the currency is worth in the report currency");
        schema.put("pattern", "^\\d{1,12}(\\.\\d{1,12})?$").remove("minimum");
        schema.put("exclusiveMinimum", 0);
        return List.of(FieldSpec.required("rate", schema));
    }

    @Override
    public Optional<String> keyProblem(String key, Catalog catalog) {
        if (!Money.currency(key).equals(Optional.of(key))) {
            return Optional.of("\"" + key + "\" is no ISO 4217 currency code in capitals");
        }
        return key.equals(catalog.reportCurrency())
                ? Optional.of("The report currency needs no rate")
                : Optional.empty();
    }

    @Override
    public Optional<ExchangeRate> read(Form form, Draft<ExchangeRate> draft) {
        if (!form.has("rate")) {
            form.problem("rate", "An exchange rate needs a rate");
        }
        return form.decimal("rate")
                .filter(rate -> {
                    boolean good =
                            rate.signum() > 0
                                    && rate.stripTrailingZeros().scale() <= PLACES_MAX
                                    && rate.compareTo(RATE_MAX) < 0;
                    if (!good) {
                        form.problem(
                                "rate",
                                "More than 0, at most 12 digits before and 12 after the"
                                        + " point");
                    }
                    return good;
                })
                .map(rate -> new ExchangeRate(draft.key(), rate, false));
    }

    @Override
    public void write(ExchangeRate rate, Catalog catalog, String token, ObjectNode node) {
        node.put("rate", rate.rate().toPlainString());
    }

    @Override
    public List<String> references(String key, Catalog catalog) {
        return List.of();
    }

    @Override
    public ExchangeRate archived(ExchangeRate rate) {
        return new ExchangeRate(rate.key(), rate.rate(), true);
    }
}
