package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import matchback.model.catalog.Campaign.CostModel;
import matchback.report.Metric;
import org.junit.jupiter.api.Test;

final class TextsTest {
    private static final Pattern KEY =
            Pattern.compile(
                    "\\b(?:t|texts|texts\\(\\))\\s*\\.of\\(\\s*\"([a-z0-9_.A-Z]+)\"\\s*[,)]");

    private final Texts texts = Texts.english();

    @Test
    void every_text_that_a_page_asks_for_by_name_is_there() throws IOException {
        var asked = new TreeSet<String>();
        for (var folder : new String[] {"src/main/jte", "src/main/java/matchback/console/pages"}) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    var found = KEY.matcher(Files.readString(file));
                    while (found.find()) {
                        asked.add(found.group(1));
                    }
                }
            }
        }

        assertThat(asked).hasSizeGreaterThan(100);
        assertThat(texts.keys()).containsAll(asked);
    }

    @Test
    void every_metric_and_section_and_cost_model_has_a_name() {
        for (var metric : Metric.values()) {
            assertThat(texts.of("metric." + metric.word())).isNotBlank();
        }
        for (var section : Section.values()) {
            if (section != Section.NONE) {
                assertThat(texts.of("nav." + section.word())).isNotBlank();
            }
        }
        Arrays.stream(CostModel.values())
                .map(model -> model.name().toLowerCase(Locale.ROOT))
                .forEach(word -> assertThat(texts.of("cost." + word)).isNotBlank());
    }

    @Test
    void values_stand_where_their_numbers_are() {
        assertThat(texts.of("time.ago", "5 min")).isEqualTo("5 min ago");
    }
}
