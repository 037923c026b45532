package matchback.console.pages;

/// A name and its value.
///
/// @param href where the value leads; empty for none
/// @param isCode whether the value is for machines: an id, a URL
public record Detail(String label, String value, String href, boolean isCode) {

    static Detail plain(String label, String value) {
        return new Detail(label, value, "", false);
    }

    static Detail code(String label, String value) {
        return new Detail(label, value, "", true);
    }

    static Detail link(String label, String value, String href) {
        return new Detail(label, value, href, false);
    }
}
