package matchback.ingest;

/// What a postback's sender is sent back.
///
/// @param decision for the header `Matchback-Decision`
/// @param reason code of the decision's reason
/// @param receipt for the header `Matchback-Receipt`: the record id
public record Answer(
        int status,
        String contentType,
        String body,
        String decision,
        String reason,
        String receipt) {}
