package matchback.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import matchback.model.Subject;

/// How far each bucket was read: the offset of the last entry that is in the columns; 0 for none.
public record Positions(List<Long> offsets) {
    public static final Positions NONE = new Positions(Collections.nCopies(Subject.BUCKETS, 0L));

    public Positions {
        offsets = List.copyOf(offsets);
        if (offsets.size() != Subject.BUCKETS) {
            throw new IllegalArgumentException(
                    "positions of " + offsets.size() + " buckets; there are " + Subject.BUCKETS);
        }
    }

    public long of(int bucket) {
        return offsets.get(bucket);
    }

    public Positions with(int bucket, long offset) {
        var changed = new ArrayList<>(offsets);
        changed.set(bucket, offset);
        return new Positions(changed);
    }
}
