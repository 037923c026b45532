package matchback.console.pages;

/// The ways on from one page of a list; empty where there is none.
public record Pager(String firstHref, String nextHref) {}
