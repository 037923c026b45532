package matchback.ledger.intake;

import java.util.List;
import matchback.model.Feed;
import matchback.model.RecordId;

/// One report as it was handed in.
///
/// @param id of the record it becomes: handed in again under the same id it is the same record
/// @param at when it came, in epoch milliseconds
/// @param sender key of whoever reports it; empty when none is named
/// @param target path and query of the request it came with
/// @param address of the caller
/// @param body what the report says, in the form that the header Content-Type names
public record Row(
        RecordId id,
        long at,
        Feed feed,
        String sender,
        String method,
        String target,
        List<Header> headers,
        String address,
        byte[] body) {

    public record Header(String name, String value) {}

    public Row {
        headers = List.copyOf(headers);
    }
}
