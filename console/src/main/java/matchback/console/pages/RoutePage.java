package matchback.console.pages;

import java.util.List;

/// Who would go where: a made-up visitor, and the ways such a visitor is sent.
///
/// @param fields what rules can know of the visitor
/// @param problem what is wrong with the fields; empty for nothing
/// @param ways none: nothing is open, and the fallback takes the visitor
/// @param passed paths that were not open, each with the reason
/// @param fallback empty for a page that says so
public record RoutePage(
        Frame frame,
        String campaign,
        String href,
        List<FormField> fields,
        String problem,
        List<Way> ways,
        List<String> passed,
        String fallback) {

    /// @param share in percent
    public record Way(
            String path, String cause, String share, List<Part> landers, List<Part> offers) {}

    /// @param href empty for no page of its own
    /// @param share in percent; empty where it is the only one
    public record Part(String name, String href, String share) {}
}
