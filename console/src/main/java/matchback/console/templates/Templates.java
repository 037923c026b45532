package matchback.console.templates;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The templates by key: networks, measurement partners, trackers; read once.
public final class Templates {
    private static final List<String> FILES =
            List.of("networks.json", "partners.json", "trackers.json");

    private static final Templates CATALOGUE = read();

    private final Map<String, Template> byKey;

    private record Document(int format, List<Template> templates) {}

    private Templates(Map<String, Template> byKey) {
        this.byKey = Collections.unmodifiableMap(byKey);
    }

    public static Templates catalogue() {
        return CATALOGUE;
    }

    private static Templates read() {
        var all = new LinkedHashMap<String, Template>();
        for (var file : FILES) {
            var document = TemplateFile.read(file, Document.class, Document::format);
            for (var template : document.templates()) {
                if (all.putIfAbsent(template.key(), template) != null) {
                    throw new IllegalStateException("two templates " + template.key());
                }
            }
        }
        return new Templates(all);
    }

    public List<Template> all() {
        return List.copyOf(byKey.values());
    }

    public Optional<Template> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /// One for each kind of report, see [Template#reports].
    public List<Template> reports() {
        return byKey.values().stream().flatMap(template -> template.reports().stream()).toList();
    }

    /// @param key of a template, or of one of its kinds of report
    public Optional<Template> report(String key) {
        return reports().stream().filter(report -> report.key().equals(key)).findFirst();
    }

    /// In the catalogue's order.
    public List<String> keys() {
        return List.copyOf(byKey.keySet());
    }
}
