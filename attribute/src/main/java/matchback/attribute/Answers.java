package matchback.attribute;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import matchback.model.CapDay;
import matchback.model.Subject;

/// What other subjects answered for one postback so far.
///
/// @param owners whom a value that was asked for belongs to, by the subject that was asked
record Answers(Map<Subject, Subject> owners) {
    static final Answers NONE = new Answers(Map.of());

    /// @param asked the subject that was asked
    record Answer(Subject asked, Subject owner) {

        boolean isGranted(Subject to) {
            return owner.equals(to);
        }
    }

    Answers {
        owners = Map.copyOf(owners);
    }

    boolean isEmpty() {
        return owners.isEmpty();
    }

    Answers and(Subject asked, Subject owner) {
        var more = new HashMap<>(owners);
        more.put(asked, owner);
        return new Answers(more);
    }

    Optional<Subject> owner(Subject asked) {
        return Optional.ofNullable(owners.get(asked));
    }

    /// The answer of a cap, of whatever day: a record asks for one place only, and the day it asked
    /// for must stay the same when the zone of the days has changed since.
    Optional<Answer> cap() {
        return owners.entrySet().stream()
                .filter(entry -> CapDay.isOne(entry.getKey()))
                .findFirst()
                .map(entry -> new Answer(entry.getKey(), entry.getValue()));
    }
}
