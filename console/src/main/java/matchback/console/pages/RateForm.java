package matchback.console.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// The form of an exchange rate; its key is the currency.
record RateForm() implements EntityForm {
    private static final String KEY = "key";
    private static final String RATE = "rate";

    @Override
    public Section section() {
        return Section.RATES;
    }

    @Override
    public String path() {
        return "exchange-rates";
    }

    @Override
    public List<FormPage.Group> groups(Filling filling) {
        var visit = filling.visit();
        var texts = visit.texts();
        var fields = new ArrayList<FormField>();
        if (filling.isNew()) {
            var typed = filling.text(KEY);
            fields.add(
                    new FormField.Text(
                            KEY,
                            texts.of("form.currency"),
                            typed.isEmpty() ? visit.param(KEY) : typed,
                            texts.of("rates.currency_hint"),
                            filling.error(KEY).isEmpty()
                                    ? filling.error("name")
                                    : filling.error(KEY),
                            "EUR",
                            "text",
                            false,
                            true));
        }
        fields.add(
                new FormField.Text(
                        RATE,
                        texts.of("rates.rate"),
                        filling.text(RATE),
                        texts.of("rates.rate_hint", visit.reportCurrency()),
                        filling.error(RATE),
                        "1.08",
                        "text",
                        false,
                        true));
        return List.of(new FormPage.Group(texts.of("rates.group"), "", fields));
    }

    @Override
    public void read(Visit visit, ObjectNode document) {
        Documents.putText(visit, document, RATE);
    }
}
