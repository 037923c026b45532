package matchback.store.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import matchback.ledger.Event;
import matchback.ledger.Event.ClickRecorded;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.EventCodec;
import matchback.ledger.Fields.CorruptRecord;
import matchback.ledger.HeadCodec;
import matchback.ledger.Keys;
import matchback.ledger.PersonalCodec;
import matchback.ledger.State.Visitor;
import matchback.ledger.Table;
import matchback.ledger.Tables;
import matchback.model.Subject;

/// Reads a ledger from its first record on and compares: positions without a gap, each record in
/// the bucket of its subject, personal blocks with the hash in their record, and the chain over all
/// record hashes with the stored head.
final class ChainWalk {
    private static final int CHAIN_BYTES = 32;
    private static final int PROGRESS_RECORDS = 10_000;

    private final Tables tables;
    private final LongConsumer progress;
    private final List<String> problems = new ArrayList<>();
    private long records;
    private long personalBlocks;

    /// @param progress told now and then how many records were read so far
    ChainWalk(Tables tables, LongConsumer progress) {
        this.tables = tables;
        this.progress = progress;
    }

    ChainResult run() {
        for (int bucket = 0; bucket < Subject.BUCKETS; bucket++) {
            walk(bucket);
        }
        progress.accept(records);
        return new ChainResult(records, personalBlocks, problems);
    }

    private void walk(int bucket) {
        var place = new Place(bucket);
        tables.prefix(Table.LEDGER, new byte[] {(byte) bucket}, place);
        var head = HeadCodec.read(tables, bucket);
        if (head.offset() != place.offset) {
            problem(
                    "bucket %d: the head says %d records, there are %d"
                            .formatted(bucket, head.offset(), place.offset));
        } else if (!Arrays.equals(head.chain(), place.chain)) {
            problem(
                    "bucket %d: the chain over %d records does not end in the stored head"
                            .formatted(bucket, place.offset));
        }
    }

    private void problem(String sentence) {
        if (problems.size() < ChainResult.PROBLEMS_MAX) {
            problems.add(sentence);
        }
    }

    private final class Place implements Visitor {
        private final int bucket;
        private long offset;
        private byte[] chain = new byte[CHAIN_BYTES];

        Place(int bucket) {
            this.bucket = bucket;
        }

        @Override
        public boolean visit(byte[] key, byte[] value) {
            long found = Keys.offset(key);
            if (found != offset + 1) {
                problem("bucket %d: record %d follows %d".formatted(bucket, found, offset));
            }
            offset = found;
            chain = HeadCodec.next(chain, EventCodec.hash(value));
            read(value);
            records++;
            if (records % PROGRESS_RECORDS == 0) {
                progress.accept(records);
            }
            return true;
        }

        private void read(byte[] value) {
            try {
                var event = EventCodec.decode(value);
                if (event.subject().bucket() != bucket) {
                    problem("bucket %d: record %d is of another one".formatted(bucket, offset));
                }
                compareBlock(event);
            } catch (CorruptRecord e) {
                problem(
                        "bucket %d: record %d cannot be read: %s"
                                .formatted(bucket, offset, e.getMessage()));
            }
        }

        private void compareBlock(Event event) {
            var block = tables.get(Table.PERSONAL, Keys.personal(event.recordId()));
            var hash = personalHash(event);
            // A block may be gone: erased. One without a hash to prove it belongs to nobody.
            if (block == null || hash.length == 0) {
                return;
            }
            personalBlocks++;
            if (!Arrays.equals(PersonalCodec.hash(PersonalCodec.decode(block)), hash)) {
                problem(
                        "bucket %d: the personal block of record %d is not the one it names"
                                .formatted(bucket, offset));
            }
        }
    }

    private static byte[] personalHash(Event event) {
        return switch (event) {
            case ClickRecorded click -> click.personalHash();
            case PostbackReceived postback -> postback.personalHash();
            case Event.BrowserReported reported -> reported.personalHash();
            case Event.Check _,
                    Event.Checked _,
                    Event.DeliveryAttempted _,
                    Event.DeliveryAsked _,
                    Event.Reviewed _,
                    Event.Redecided _,
                    Event.Settled _,
                    Event.Edited _,
                    Event.CostStated _,
                    Event.LanderClicked _,
                    Event.Suspected _ ->
                    new byte[0];
        };
    }
}
