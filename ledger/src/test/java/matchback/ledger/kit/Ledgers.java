package matchback.ledger.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import matchback.ledger.EventCodec;
import matchback.ledger.Intent.OutboxEntry;
import matchback.ledger.Outcome;
import matchback.ledger.Snapshot;
import matchback.ledger.Snapshot.Entry;
import matchback.model.RecordId;
import matchback.model.Subject;
import org.jspecify.annotations.Nullable;

/// Looks into a ledger for tests, computing with nothing but the JDK what the ledger itself claims.
public final class Ledgers {
    private Ledgers() {}

    /// All entries, bucket by bucket.
    public static List<Entry> entries(Snapshot snapshot) {
        var entries = new ArrayList<Entry>();
        for (int bucket = 0; bucket < Subject.BUCKETS; bucket++) {
            entries.addAll(snapshot.entries(bucket, 0, Integer.MAX_VALUE));
        }
        return entries;
    }

    /// Record ids of all entries, as often as they are there.
    public static List<RecordId> ids(Snapshot snapshot) {
        return entries(snapshot).stream().map(entry -> entry.event().recordId()).toList();
    }

    /// Fails unless in every bucket the positions have no gap, each record hash is that of its
    /// bytes, and the chain over them is the stored head.
    public static void requireWholeChains(Snapshot snapshot) {
        for (int bucket = 0; bucket < Subject.BUCKETS; bucket++) {
            var chain = new byte[32];
            long offset = 0;
            for (var entry : snapshot.entries(bucket, 0, Integer.MAX_VALUE)) {
                offset++;
                assertThat(entry.offset()).isEqualTo(offset);
                assertThat(entry.recordHash()).isEqualTo(sha256(EventCodec.encode(entry.event())));
                chain = sha256(chain, entry.recordHash());
            }
            assertThat(snapshot.head(bucket).offset()).isEqualTo(offset);
            assertThat(snapshot.head(bucket).chain()).isEqualTo(chain);
        }
    }

    static List<OutboxEntry> outbox(Snapshot snapshot, String destination) {
        var entries = new ArrayList<OutboxEntry>();
        snapshot.outbox(destination, entries::add);
        return entries;
    }

    /// Everything a snapshot shows, as text.
    static String describe(Snapshot snapshot, String destination) {
        var text = new StringBuilder();
        for (var entry : entries(snapshot)) {
            text.append(entry.bucket())
                    .append('/')
                    .append(entry.offset())
                    .append(' ')
                    .append(HexFormat.of().formatHex(entry.recordHash()))
                    .append(' ')
                    .append(snapshot.facts(entry))
                    .append(' ')
                    .append(snapshot.personal(entry.event().recordId()).isPresent())
                    .append('\n');
        }
        text.append(outbox(snapshot, destination));
        snapshot.catalogChanges(0, Integer.MAX_VALUE).forEach(text::append);
        for (int bucket = 0; bucket < Subject.BUCKETS; bucket++) {
            text.append(HexFormat.of().formatHex(snapshot.head(bucket).chain()));
        }
        return text.toString();
    }

    static int count(@Nullable Outcome outcome) {
        assertThat(outcome).isNotNull();
        return outcome.deliveries();
    }

    static List<Integer> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toList();
    }

    static List<Long> offsets(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    static byte[] sha256(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
