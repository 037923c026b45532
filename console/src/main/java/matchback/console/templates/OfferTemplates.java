package matchback.console.templates;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The click URLs of measurement partners by key; read once.
public final class OfferTemplates {
    private static final OfferTemplates CATALOGUE = read();

    private final Map<String, OfferTemplate> byKey;

    private record Document(int format, List<OfferTemplate> offers) {}

    private OfferTemplates(Map<String, OfferTemplate> byKey) {
        this.byKey = Collections.unmodifiableMap(byKey);
    }

    public static OfferTemplates catalogue() {
        return CATALOGUE;
    }

    private static OfferTemplates read() {
        var all = new LinkedHashMap<String, OfferTemplate>();
        var document = TemplateFile.read("offers.json", Document.class, Document::format);
        for (var template : document.offers()) {
            if (all.putIfAbsent(template.key(), template) != null) {
                throw new IllegalStateException("two templates " + template.key());
            }
        }
        return new OfferTemplates(all);
    }

    public List<OfferTemplate> all() {
        return List.copyOf(byKey.values());
    }

    public Optional<OfferTemplate> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /// In the catalogue's order.
    public List<String> keys() {
        return List.copyOf(byKey.keySet());
    }
}
