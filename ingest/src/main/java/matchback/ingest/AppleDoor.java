package matchback.ingest;

import java.util.ArrayList;
import java.util.List;
import matchback.ingest.PostbackDoor.Arrived;
import matchback.ingest.PostbackDoor.Report;
import matchback.ingest.PostbackDoor.Wish;
import matchback.ledger.PersonalBlock;
import matchback.ledger.PersonalCodec;
import matchback.model.apple.ApplePostback.Protocol;

/// The door for what Apple's devices post: SKAdNetwork and AdAttributionKit. Every request becomes
/// a record, also what is forged or no postback at all; the body is kept as it came, because it may
/// have to be handed on. Does no input or output; safe for use by many threads.
public final class AppleDoor {
    private static final String BEARER = "Bearer ";
    private static final int HEADERS_MAX = 64;
    private static final int HEADER_CHARS_MAX = 2048;

    private final Doorway door;
    private final IngestConfig.Limits limits;
    private final Salts salts;
    private final AppleRecords records;

    /// Throws IllegalArgumentException when one of the configured keys is none.
    public AppleDoor(Doorway door, IngestConfig config) {
        this.door = door;
        this.limits = config.limits();
        this.salts = new Salts(door.random());
        this.records = new AppleRecords(config.appleKeys());
    }

    /// @param protocol of the path
    /// @param caller address behind trusted proxies
    /// @param body as far as it arrived
    public record Request(
            Protocol protocol,
            String method,
            Target target,
            RequestHeaders headers,
            Address caller,
            byte[] body,
            Arrived arrived) {}

    public Report take(Request request) {
        var id = door.recordIds().next();
        long now = door.clock().millis();
        var catalog = door.ledger().catalog();
        var personal =
                new PersonalBlock(
                        id,
                        salts.next(),
                        request.caller().toString(),
                        ClickFields.cut(request.headers().first("User-Agent"), HEADER_CHARS_MAX),
                        request.method(),
                        ClickFields.cut(request.target().raw(), limits.urlCharsMax()),
                        headers(request.headers()),
                        request.body());
        var stamp =
                new AppleRecords.Stamp(id, now, catalog.version(), PersonalCodec.hash(personal));
        var event = records.record(stamp, request.protocol(), request.body(), request.arrived());
        return new Report(event, personal, catalog, wish(request.headers()));
    }

    /// Devices read no answer; an operator who tries it out, with a token, is told all there is.
    private Wish wish(RequestHeaders headers) {
        var authorization = headers.first("Authorization");
        boolean isTrusted =
                authorization.startsWith(BEARER)
                        && door.apiTokens()
                                .test(
                                        door.fingerprints()
                                                .of(authorization.substring(BEARER.length())));
        return new Wish(false, true, "", isTrusted);
    }

    private static List<String> headers(RequestHeaders headers) {
        var lines = new ArrayList<String>();
        headers.forEach((name, value) -> {
            if (lines.size() < HEADERS_MAX && !name.equalsIgnoreCase("User-Agent")) {
                lines.add(SecretMask.header(name, ClickFields.cut(value, HEADER_CHARS_MAX)));
            }
        });
        return lines;
    }
}
