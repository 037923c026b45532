package matchback.console.templates;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/// Reads the catalogue's files, which lie beside the classes.
final class TemplateFile {
    private static final int FORMAT_VERSION = 1;
    private static final JsonSetter.Value EMPTY = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);

    /// What is left out is empty; a field that is not known is a mistake.
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .withConfigOverride(String.class, o -> o.setSetterInfo(EMPTY))
                    .withConfigOverride(List.class, o -> o.setSetterInfo(EMPTY))
                    .withConfigOverride(Map.class, o -> o.setSetterInfo(EMPTY))
                    .build();

    private TemplateFile() {}

    /// @param format reads the document's version
    static <T> T read(String file, Class<T> type, ToIntFunction<T> format) {
        try (var in = TemplateFile.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no " + file + " beside the classes");
            }
            var document = JSON.readValue(in, type);
            int version = format.applyAsInt(document);
            if (version != FORMAT_VERSION) {
                throw new IllegalStateException(file + " is of format " + version);
            }
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
