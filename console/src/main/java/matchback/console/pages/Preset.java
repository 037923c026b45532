package matchback.console.pages;

/// A period one click away.
public record Preset(String label, String href, boolean isCurrent) {}
