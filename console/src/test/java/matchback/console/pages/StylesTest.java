package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whether the colours can be read (WCAG 2.2, 1.4.3 and 1.4.11), in light and in dark.
final class StylesTest {
    private static final Pattern TOKEN =
            Pattern.compile("--([\\w-]+): light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)");

    private final Map<String, List<String>> tokens = new HashMap<>();

    StylesTest() throws IOException {
        var css = Files.readString(Path.of("src/main/resources/assets/console.css"));
        TOKEN.matcher(css)
                .results()
                .forEach(found ->
                        tokens.put(found.group(1), List.of(found.group(2), found.group(3))));
    }

    @ParameterizedTest(name = "{0} on {1} has a contrast of {2} to 1")
    @CsvSource({
        "ink, bg, 4.5",
        "ink, surface, 4.5",
        "ink, bad-soft, 4.5",
        "muted, bg, 4.5",
        "muted, surface, 4.5",
        "muted, sunken, 4.5",
        "muted, hover, 4.5",
        "accent, bg, 4.5",
        "accent, surface, 4.5",
        "accent, hover, 4.5",
        "accent-strong, accent-soft, 4.5",
        "on-accent, accent, 4.5",
        "on-accent, accent-strong, 4.5",
        "good, good-soft, 4.5",
        "info, info-soft, 4.5",
        "calm, calm-soft, 4.5",
        "warn, warn-soft, 4.5",
        "bad, bad-soft, 4.5",
        "good, hover, 4.5",
        "bad, hover, 4.5",
        "line-strong, surface, 3",
        "line-strong, bg, 3"
    })
    void text_and_outlines_stand_out(String front, String back, double least) {
        for (int theme = 0; theme < 2; theme++) {
            double one = luminance(color(front, theme));
            double other = luminance(color(back, theme));

            assertThat((Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05))
                    .isGreaterThanOrEqualTo(least);
        }
    }

    private String color(String token, int theme) {
        return tokens.getOrDefault(token, List.of()).get(theme);
    }

    private static double luminance(String color) {
        return 0.2126 * channel(color, 1) + 0.7152 * channel(color, 3) + 0.0722 * channel(color, 5);
    }

    private static double channel(String color, int at) {
        double value = Integer.parseInt(color.substring(at, at + 2), 16) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
