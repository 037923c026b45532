package matchback.console.pages;

import java.util.List;

/// Something that is shown this once and kept nowhere.
///
/// @param notice what to do with it
/// @param shown each with an id for its field
/// @param onHref where to go on to
record OncePage(
        Frame frame,
        String title,
        String notice,
        List<Detail> shown,
        String onHref,
        String onLabel) {}
