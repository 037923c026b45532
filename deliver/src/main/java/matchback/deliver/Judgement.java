package matchback.deliver;

import java.util.List;
import java.util.Map;

/// What an answer means for each of the parcels that were sent in one request.
public sealed interface Judgement {

    /// The same for all of them.
    record All(Verdict verdict) implements Judgement {}

    /// One for each, in the order in which they were packed.
    record Each(List<Verdict> verdicts) implements Judgement {
        public Each {
            verdicts = List.copyOf(verdicts);
        }
    }

    /// All were refused because of these, by index; the others are packed again and sent at once,
    /// which burns none of their tries.
    record Without(Map<Integer, Verdict> refused) implements Judgement {
        public Without {
            refused = Map.copyOf(refused);
        }
    }

    /// All were refused because of some, and the answer does not say which: both halves are sent at
    /// once by themselves, which burns no tries.
    ///
    /// @param ofOne what it means for a parcel that was sent alone
    record Halve(Verdict ofOne) implements Judgement {}
}
