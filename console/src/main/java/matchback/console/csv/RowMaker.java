package matchback.console.csv;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.console.ConsoleConfig;
import matchback.console.ConsoleContext;
import matchback.console.csv.CsvFile.Line;
import matchback.ledger.intake.Row;
import matchback.ledger.intake.Row.Header;
import matchback.model.ClickIds;
import matchback.model.Feed;
import matchback.model.Field;
import matchback.model.Params;
import matchback.model.PostbackReader;
import matchback.model.RecordId;
import matchback.model.catalog.Sender;

/// Makes reports of a file's rows. Used by one thread for one pass.
///
/// The record id of a row is made of what it says, of its sender, and of how many equal rows stood
/// before it. Its time is that of its click: two files with the same row must come to the same id,
/// whenever they are handed in.
final class RowMaker {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final ConsoleContext context;
    private final Columns columns;
    private final Source source;
    private final List<String> parameters;
    private final Map<Long, Integer> seen = new HashMap<>();

    /// Where a file comes from.
    ///
    /// @param sender key; empty for none
    /// @param address of who handed it in
    /// @param salt empty; anything else makes other records of the same rows
    record Source(String sender, String address, String agent, String salt) {}

    RowMaker(ConsoleContext context, Columns columns, Source source) {
        this.context = context;
        this.columns = columns;
        this.source = source;
        var sender = context.ledger().catalog().sender(source.sender());
        this.parameters = parameters(columns, sender);
    }

    /// Name of the parameter for each column. One that fills no field gets a name that nothing
    /// reads.
    private static List<String> parameters(Columns columns, Optional<Sender> sender) {
        var reader = new PostbackReader(Params.EMPTY, sender);
        return java.util.stream.IntStream.range(0, columns.names().size())
                .mapToObj(i ->
                        Field.ofKey(columns.fields().get(i))
                                .map(reader::nameOf)
                                .orElse("column." + columns.names().get(i)))
                .toList();
    }

    Row row(Line line) {
        var body = body(line.cells());
        return new Row(
                id(line.cells(), body),
                context.clock().millis(),
                Feed.FILE,
                source.sender(),
                "POST",
                ConsoleConfig.CSV_PATH,
                List.of(new Header("Content-Type", FORM), new Header("User-Agent", source.agent())),
                source.address(),
                body.getBytes(StandardCharsets.US_ASCII));
    }

    private String body(List<String> cells) {
        var body = new StringBuilder();
        for (int i = 0; i < Math.min(cells.size(), parameters.size()); i++) {
            if (!cells.get(i).isBlank()) {
                body.append(body.isEmpty() ? "" : "&")
                        .append(URLEncoder.encode(parameters.get(i), StandardCharsets.UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(cells.get(i), StandardCharsets.UTF_8));
            }
        }
        return body.toString();
    }

    private RecordId id(List<String> cells, String body) {
        var said = source.sender() + '\n' + source.salt() + '\n' + body;
        var digest = sha256(said.getBytes(StandardCharsets.UTF_8));
        int before = seen.merge(ByteBuffer.wrap(digest).getLong(), 1, Integer::sum) - 1;
        var counted =
                before == 0
                        ? digest
                        : sha256(ByteBuffer.allocate(36).put(digest).putInt(before).array());
        return RecordId.derived(clickedAt(cells), counted);
    }

    private long clickedAt(List<String> cells) {
        int column = columns.fields().indexOf(Field.CLICKID.key());
        if (column < 0 || column >= cells.size()) {
            return 0;
        }
        return context.ids().read(cells.get(column).strip(), context.clock().millis())
                        instanceof ClickIds.Reading.Authentic(var id)
                ? id.millis()
                : 0;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
