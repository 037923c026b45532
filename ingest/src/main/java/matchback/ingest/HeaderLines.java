package matchback.ingest;

import java.util.List;
import java.util.function.BiConsumer;
import matchback.ledger.intake.Row.Header;

/// Headers at hand as a list.
record HeaderLines(List<Header> lines) implements RequestHeaders {

    @Override
    public String first(String name) {
        return all(name).stream().findFirst().orElse("");
    }

    @Override
    public List<String> all(String name) {
        return lines.stream()
                .filter(line -> line.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    @Override
    public void forEach(BiConsumer<String, String> visitor) {
        lines.forEach(line -> visitor.accept(line.name(), line.value()));
    }
}
