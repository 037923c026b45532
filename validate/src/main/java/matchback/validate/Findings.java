package matchback.validate;

import java.util.ArrayList;
import java.util.List;
import matchback.model.FraudCheck;

/// What the probes say about one conversion and about those before it. Each conversion is suspected
/// of each pattern once.
final class Findings {
    private final List<Suspicion> suspicions = new ArrayList<>();

    void suspect(Iterable<Seen> members, FraudCheck check, String evidence) {
        for (var member : members) {
            if (member.suspect(check)) {
                suspicions.add(new Suspicion(member.conversion(), check, evidence));
            }
        }
    }

    List<Suspicion> all() {
        return List.copyOf(suspicions);
    }
}
