package matchback.ingest;

import matchback.ingest.PostbackDoor.Arrived;
import matchback.ingest.PostbackDoor.Origin;
import matchback.ingest.PostbackDoor.Report;
import matchback.ingest.PostbackDoor.Wish;
import matchback.ledger.intake.Intake;
import matchback.ledger.intake.Row;

/// The door for reports that do not come over the tracking listener: what is read, kept and refused
/// is the same as there. Safe for use by many threads.
public final class RowDoor implements Intake {
    /// The operator is told all there is.
    private static final Wish WISH = new Wish(true, true, "", true);

    private final PostbackDoor door;
    private final int bodyBytesMax;

    public RowDoor(Doorway doorway, IngestConfig config) {
        this.door = new PostbackDoor(doorway, config);
        this.bodyBytesMax = config.limits().bodyBytesMax();
    }

    @Override
    public Entry take(Row row) {
        var report =
                door.take(request(row), new Origin(row.id(), row.at(), row.feed(), false, false));
        var told = new Report(report.event(), report.personal(), report.catalog(), WISH);
        return new Entry(
                report.event(),
                report.personal(),
                accepted -> AnswerWriter.answer(told, accepted).body());
    }

    private PostbackDoor.Request request(Row row) {
        return new PostbackDoor.Request(
                row.method(),
                Target.of(row.target()),
                row.sender(),
                new HeaderLines(row.headers()),
                Address.parse(row.address()).orElse(Address.NONE),
                row.body(),
                row.body().length <= bodyBytesMax ? Arrived.WHOLE : Arrived.TOO_LARGE);
    }
}
