package matchback.console.pages;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;

/// Every word the pages say, by key, from `texts.properties`: the one file to translate.
public final class Texts {
    private static final String RESOURCE = "/matchback/console/pages/texts.properties";

    private final Properties texts;

    private Texts(Properties texts) {
        this.texts = texts;
    }

    /// The English texts.
    public static Texts english() {
        var texts = new Properties();
        try (var in = Texts.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + RESOURCE);
            }
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Texts(texts);
    }

    /// The text of a key, with `{0}`, `{1}` ... replaced. Throws for a key that is in no line: the
    /// tests find such a key before a reader does.
    public String of(String key, Object... values) {
        var text = texts.getProperty(key);
        if (text == null) {
            throw new IllegalArgumentException("no text for the key " + key);
        }
        for (int i = 0; i < values.length; i++) {
            text = text.replace("{" + i + "}", String.valueOf(values[i]));
        }
        return text;
    }

    /// The text of a key, or the other one for keys that come from data.
    public String orElse(String key, String other) {
        return texts.getProperty(key, other);
    }

    Set<String> keys() {
        return texts.stringPropertyNames();
    }
}
