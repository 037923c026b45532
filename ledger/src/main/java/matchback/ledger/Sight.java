package matchback.ledger;

/// One thing that happened on a page.
///
/// @param name `page_view`, `scroll`, `engaged`, or the site's own
/// @param amount how much of it: percent of the page for `scroll`, seconds for `engaged`, the
///   site's own number, or -1 for none
/// @param eventId under which the browser told others of it too; empty for none
public record Sight(String name, long amount, String eventId) {
    public static final String PAGE_VIEW = "page_view";
    public static final String SCROLL = "scroll";
    public static final String ENGAGED = "engaged";
}
