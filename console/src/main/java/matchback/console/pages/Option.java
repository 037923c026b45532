package matchback.console.pages;

/// One value to choose.
public record Option(String value, String label, boolean isChosen) {

    static Option of(String value, String label) {
        return new Option(value, label, false);
    }
}
