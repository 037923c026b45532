package matchback.ledger.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.Event.ClickRecorded;
import matchback.ledger.Event.DeliveryAttempted;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.PersonalBlock;
import matchback.ledger.PersonalCodec;
import matchback.model.Feed;
import matchback.model.Params;
import matchback.model.Params.Param;
import matchback.model.RecordId;
import matchback.model.Subject;
import org.jspecify.annotations.Nullable;

/// Makes events for [KitRules], each with a record id of its own. Safe for use by many threads.
public final class KitEvents {
    /// Epoch milliseconds of all events made here.
    public static final long AT = 1_790_000_000_000L;

    private final AtomicLong number = new AtomicLong();
    private final int writer;

    /// @param writer tells the ids of one maker from those of another
    public KitEvents(int writer) {
        this.writer = writer;
    }

    public RecordId nextId() {
        return RecordId.of(AT, writer, number.incrementAndGet());
    }

    public ClickRecorded click(String subject) {
        return click(subject, null);
    }

    /// A click whose record names the block.
    public ClickRecorded click(String subject, @Nullable PersonalBlock personal) {
        return new ClickRecorded(
                personal == null ? nextId() : personal.recordId(),
                AT,
                0,
                new Subject(subject),
                "campaign",
                "source",
                "offer",
                "",
                "",
                1500,
                "USD",
                1500,
                Map.of("sub1", "a"),
                Map.of(),
                true,
                "",
                false,
                personal == null ? new byte[0] : PersonalCodec.hash(personal));
    }

    /// @param instructions name, value, name, value ...; see [KitRules]
    public PostbackReceived postback(String subject, String... instructions) {
        return postback(subject, 0, instructions);
    }

    public PostbackReceived postback(String subject, long catalogVersion, String... instructions) {
        List<Param> params = new ArrayList<>();
        for (int i = 0; i < instructions.length; i += 2) {
            params.add(new Param(instructions[i], instructions[i + 1], true));
        }
        return new PostbackReceived(
                nextId(),
                AT,
                catalogVersion,
                new Subject(subject),
                Feed.S2S,
                "",
                "",
                "",
                "",
                null,
                "",
                new Params(params),
                List.of(),
                List.of(),
                new byte[0]);
    }

    /// An attempt at the delivery that is due at [#AT].
    public DeliveryAttempted attempt(String subject, long nextAt) {
        return new DeliveryAttempted(
                nextId(),
                AT,
                0,
                new Subject(subject),
                1,
                1,
                nextAt > 0 ? AttemptResult.RETRY : AttemptResult.DELIVERED,
                "http://127.0.0.1/postback",
                nextAt > 0 ? 500 : 200,
                "",
                12,
                nextAt);
    }

    public PersonalBlock personal() {
        return new PersonalBlock(
                nextId(),
                new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16},
                "192.0.2.7",
                "Agent/1.0",
                "GET",
                "/c/campaign?x=1",
                List.of("accept: */*"),
                new byte[] {0, 1, (byte) 0xFF});
    }
}
