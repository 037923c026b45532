package matchback.ingest;

import java.util.List;
import java.util.Optional;
import matchback.ingest.PostbackDoor.Arrived;
import matchback.ingest.apple.AppleKeys;
import matchback.ingest.apple.AppleReader;
import matchback.ingest.apple.AppleReading;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.PersonalBlock;
import matchback.model.Feed;
import matchback.model.Params;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.model.apple.ApplePostback.Protocol;
import matchback.model.apple.AppleReport;
import matchback.model.apple.Proof;
import org.jspecify.annotations.Nullable;

/// Makes records of what Apple's devices post. Safe for use by many threads.
final class AppleRecords {
    private final AppleReader reader;

    AppleRecords(AppleKeys keys) {
        this.reader = new AppleReader(keys);
    }

    /// When and under what it came.
    record Stamp(RecordId id, long at, long catalogVersion, byte[] personalHash) {}

    /// What is found in a body.
    ///
    /// @param refusal null when nothing stands against it
    private record Finding(@Nullable Reason refusal, String detail, String sender, Params params) {

        static Finding refused(Reason reason, String detail) {
            return new Finding(reason, detail, AppleReport.SENDER_UNPROVEN, Params.EMPTY);
        }
    }

    PostbackReceived record(Stamp stamp, Protocol protocol, byte[] body, Arrived arrived) {
        var finding = finding(protocol, body, arrived);
        return new PostbackReceived(
                stamp.id(),
                stamp.at(),
                stamp.catalogVersion(),
                Subject.record(stamp.id()),
                Feed.APPLE,
                finding.sender(),
                "",
                "",
                "",
                finding.refusal(),
                finding.detail(),
                finding.params(),
                List.of(),
                List.of(),
                stamp.personalHash());
    }

    /// The record as it would be made with the keys of now; what was not read whole stays.
    PostbackReceived again(
            PostbackReceived kept, Optional<PersonalBlock> personal, long catalogVersion) {
        return personal.flatMap(block ->
                        AppleReader.ofPath(Target.of(block.target()).path())
                                .map(protocol -> {
                                    var stamp =
                                            new Stamp(
                                                    kept.recordId(),
                                                    kept.receivedAt(),
                                                    catalogVersion,
                                                    kept.personalHash());
                                    return record(stamp, protocol, block.body(), Arrived.WHOLE);
                                }))
                .orElse(kept);
    }

    private Finding finding(Protocol protocol, byte[] body, Arrived arrived) {
        return switch (arrived) {
            case TOO_LARGE -> tooLarge();
            case BROKEN_OFF -> Finding.refused(Reason.MALFORMED_REQUEST, PostbackDoor.BROKEN_OFF);
            case WHOLE ->
                    body.length > AppleReader.BODY_BYTES_MAX
                            ? tooLarge()
                            : switch (reader.read(protocol, body)) {
                                case AppleReading.Unreadable(var problem) ->
                                        Finding.refused(Reason.MALFORMED_REQUEST, problem);
                                case AppleReading.Read(var postback, var proof) ->
                                        read(new AppleReport(postback, proof));
                            };
        };
    }

    private static Finding tooLarge() {
        return Finding.refused(
                Reason.TOO_LARGE,
                "the body has more than " + AppleReader.BODY_BYTES_MAX + " bytes");
    }

    private static Finding read(AppleReport report) {
        boolean isForged = report.proof() == Proof.FORGED;
        return new Finding(
                isForged ? Reason.BAD_SIGNATURE : null,
                isForged ? "it does not fit Apple's key for " + name(report) : "",
                report.sender(),
                report.params());
    }

    private static String name(AppleReport report) {
        var postback = report.postback();
        return switch (postback.protocol()) {
            case SKADNETWORK -> "SKAdNetwork " + postback.version();
            case ADATTRIBUTIONKIT -> "AdAttributionKit";
        };
    }
}
