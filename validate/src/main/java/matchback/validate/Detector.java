package matchback.validate;

import java.util.ArrayList;
import java.util.List;
import matchback.model.FraudCheck;
import matchback.model.catalog.Validation;
import matchback.model.catalog.Validation.Mode;

/// Judges conversions as they come in, each with those before it. What is found may be about
/// earlier ones too: a pattern shows only when there are some.
///
/// Pure: no clock, no chance, no input or output; the same clicks and conversions in the same order
/// give the same suspicions. Used by one thread. Everything it keeps is bounded.
public final class Detector {
    private final Pool pool = new Pool();
    private final List<Probe> probes = new ArrayList<>();

    public Detector(Validation settings) {
        settings.all()
                .forEach((check, rule) -> {
                    if (rule.mode() != Mode.OFF) {
                        probes.add(probe(check, rule));
                    }
                });
    }

    private Probe probe(FraudCheck check, Validation.Rule rule) {
        return switch (check) {
            case TOO_FAST -> new FastProbe();
            case INJECTION -> new InjectionProbe(pool, rule);
            case FLOODING -> new FloodingProbe(pool, rule);
            case CLUSTER -> new ClusterProbe(pool, rule);
            case AMOUNT -> new AmountProbe(pool, rule);
            case RHYTHM -> new RhythmProbe(pool, rule);
            case TRANSACTION -> new TransactionProbe();
            case UNUSUAL -> new ModelProbe(pool, rule);
        };
    }

    /// Takes clicks of a publisher.
    ///
    /// @param at epoch milliseconds
    public void clicked(String source, String publisher, long at, int count) {
        pool.clicked(source + '\0' + publisher, at, count);
    }

    /// Takes a conversion.
    ///
    /// @return what is new about it and about earlier ones
    public List<Suspicion> converted(Converted conversion) {
        var findings = new Findings();
        var cohort = pool.cohort(conversion.cohort());
        var now = pool.add(conversion);
        for (var probe : probes) {
            if (!conversion.isFurther() || probe.judgesFurther()) {
                probe.look(now, cohort, findings);
            }
        }
        return findings.all();
    }
}
