package matchback.model;

import java.util.List;
import java.util.regex.Pattern;

/// Forms of other trackers' click ids, as data: a value of such a form is named `foreign_click_id`,
/// so that its owner sees at once that the wrong tracker's macro is in the URL.
///
/// @param shapes the table, in any order
public record ForeignClickIds(List<Shape> shapes) {

    /// @param tracker whose ids look so
    /// @param form the whole value
    public record Shape(String tracker, Pattern form) {}

    /// Longest value that is compared with the table.
    public static final int CHARS_MAX = 128;

    /// BeMob's 22 letters and digits are documented
    /// (docs.bemob.com/en/postback-settings-of-affiliate-network). The others are forms in general
    /// use among trackers and networks (UUIDs, 24 and 32 hexadecimal digits, Voluum's w-prefixed
    /// ids) and name no one tracker for certain.
    public static final ForeignClickIds KNOWN =
            new ForeignClickIds(
                    List.of(
                            shape("BeMob", "[A-Za-z0-9]{22}"),
                            shape("UUID", "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"),
                            shape("24 hexadecimal digits", "[0-9a-f]{24}"),
                            shape("32 hexadecimal digits", "[0-9a-f]{32}|[0-9A-F]{32}"),
                            shape("Voluum", "w[A-Za-z0-9]{23}")));

    public ForeignClickIds {
        shapes = List.copyOf(shapes);
    }

    public boolean matches(String value) {
        return value.length() <= CHARS_MAX
                && shapes.stream().anyMatch(shape -> shape.form().matcher(value).matches());
    }

    private static Shape shape(String tracker, String form) {
        return new Shape(tracker, Pattern.compile(form));
    }
}
