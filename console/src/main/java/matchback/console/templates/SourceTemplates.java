package matchback.console.templates;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The templates of traffic sources by key; read once.
public final class SourceTemplates {
    private static final SourceTemplates CATALOGUE = read();

    private final Map<String, SourceTemplate> byKey;

    private record Document(int format, List<SourceTemplate> sources) {}

    private SourceTemplates(Map<String, SourceTemplate> byKey) {
        this.byKey = Collections.unmodifiableMap(byKey);
    }

    public static SourceTemplates catalogue() {
        return CATALOGUE;
    }

    private static SourceTemplates read() {
        var all = new LinkedHashMap<String, SourceTemplate>();
        var document = TemplateFile.read("sources.json", Document.class, Document::format);
        for (var template : document.sources()) {
            if (all.putIfAbsent(template.key(), template) != null) {
                throw new IllegalStateException("two templates " + template.key());
            }
        }
        return new SourceTemplates(all);
    }

    public List<SourceTemplate> all() {
        return List.copyOf(byKey.values());
    }

    public Optional<SourceTemplate> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /// In the catalogue's order.
    public List<String> keys() {
        return List.copyOf(byKey.keySet());
    }
}
