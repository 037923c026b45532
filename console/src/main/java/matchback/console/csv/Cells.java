package matchback.console.csv;

/// Cells of files that spreadsheets open.
public final class Cells {
    private static final String FORMULA_STARTS = "=+-@\t\r\n";

    private Cells() {}

    /// The text, with an apostrophe before what a spreadsheet would take for a formula, so that
    /// opening a file runs nothing.
    public static String harmless(String text) {
        return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? '\'' + text : text;
    }
}
