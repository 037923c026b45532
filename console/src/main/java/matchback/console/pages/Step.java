package matchback.console.pages;

import java.util.List;

/// One point of a time line.
///
/// @param gap how long after the point before; empty when there is nothing to say
/// @param tone style of its mark: a decision, a delivery's result, or `click`
/// @param tag word shown as a tag; empty for none
/// @param code reason code; empty for none
/// @param lines what is told under the title
/// @param url what was called; empty for none
/// @param href where to read more; empty for none
public record Step(
        When at,
        String gap,
        String tone,
        String icon,
        String title,
        String tag,
        String code,
        List<String> lines,
        String url,
        String href) {

    public Step {
        lines = List.copyOf(lines);
    }
}
