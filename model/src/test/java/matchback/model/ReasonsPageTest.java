package matchback.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Keeps docs/reasons.md as the code has it; `-Dgolden=write` writes it anew.
class ReasonsPageTest {
    private static final Path PAGE = Path.of("../docs/reasons.md");

    @Test
    void the_page_of_reasons_is_what_the_code_says() throws IOException {
        var page = page();

        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static String page() {
        var page = new StringBuilder();
        page.append(
                """
                # Reasons

                Every postback gets one decision and one reason, in the answer, in the log and on the pages. Generated from
                `matchback.model.Reason`.

                Senders made from a template, and senders set so, are answered 200 for everything stored; all others get the code
                given here.
                """);
        for (var decision : Decision.values()) {
            page.append("\n## ").append(decision.word()).append("\n\n");
            page.append("| reason | code | what happened | what to do |\n|---|---|---|---|\n");
            for (var reason : Reason.values()) {
                if (!reason.isWarning() && reason.decision() == decision) {
                    row(page, reason, String.valueOf(reason.httpStatus()));
                }
            }
        }
        page.append("\n## Warnings\n\nThey accompany a decision and name what was assumed.\n\n");
        page.append("| warning | | what happened | what to do |\n|---|---|---|---|\n");
        for (var reason : Reason.values()) {
            if (reason.isWarning()) {
                row(page, reason, "");
            }
        }
        return page.toString();
    }

    private static void row(StringBuilder page, Reason reason, String code) {
        page.append("| `").append(reason.code()).append("` | ").append(code).append(" | ");
        page.append(reason.message()).append(" | ").append(reason.advice()).append(" |\n");
    }
}
