package matchback.console.templates;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The templates by key, networks before trackers; read once.
public final class Templates {
    private static final int FORMAT_VERSION = 1;
    private static final List<String> FILES = List.of("networks.json", "trackers.json");

    private static final JsonSetter.Value EMPTY = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);

    /// What is left out is empty; a field that is not known is a mistake.
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .withConfigOverride(String.class, o -> o.setSetterInfo(EMPTY))
                    .withConfigOverride(List.class, o -> o.setSetterInfo(EMPTY))
                    .withConfigOverride(Map.class, o -> o.setSetterInfo(EMPTY))
                    .build();

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
            for (var template : document(file).templates()) {
                if (all.putIfAbsent(template.key(), template) != null) {
                    throw new IllegalStateException("two templates " + template.key());
                }
            }
        }
        return new Templates(all);
    }

    private static Document document(String file) {
        try (var in = Templates.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no " + file + " beside the classes");
            }
            var document = JSON.readValue(in, Document.class);
            if (document.format() != FORMAT_VERSION) {
                throw new IllegalStateException(file + " is of format " + document.format());
            }
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    public List<Template> all() {
        return List.copyOf(byKey.values());
    }

    public Optional<Template> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /// In the catalogue's order.
    public List<String> keys() {
        return List.copyOf(byKey.keySet());
    }
}
