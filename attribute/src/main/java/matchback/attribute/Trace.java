package matchback.attribute;

import java.util.ArrayList;
import java.util.List;
import matchback.model.trace.Step;
import matchback.model.trace.StepKind;

/// The steps taken to one decision. Whoever decides something notes it here as it does so.
final class Trace {
    /// Most steps that are kept of one decision.
    static final int STEPS_MAX = 48;

    private final List<Step> steps = new ArrayList<>();

    void took(StepKind kind, String... values) {
        if (steps.size() < STEPS_MAX) {
            steps.add(Step.of(kind, values));
        }
    }

    List<Step> steps() {
        return steps;
    }
}
