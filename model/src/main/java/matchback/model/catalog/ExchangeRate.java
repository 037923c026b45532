package matchback.model.catalog;

import java.math.BigDecimal;

/// What one unit of a currency is worth in the report currency.
///
/// @param key the ISO 4217 code
public record ExchangeRate(String key, BigDecimal rate, boolean archived) implements Entity {

    @Override
    public String name() {
        return key;
    }
}
