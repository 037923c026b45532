package matchback.model.catalog;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import matchback.model.FraudCheck;

/// What the operator wants of the checks of conversions. There is one, by the key [#KEY].
///
/// @param publisher the sub parameter in which sources name the place an ad was shown in, `sub1` to
///   `sub20`
/// @param rules by the word of a check; one that is missing is as in [#DEFAULT]
/// @param holdHours how long a publisher stays in quarantine by itself
public record Validation(
        String key,
        String name,
        String publisher,
        Map<String, Rule> rules,
        int holdHours,
        boolean archived)
        implements Entity {
    public static final String KEY = "validation";

    public static final int CERTAINTY_MIN = 3;
    public static final int CERTAINTY_MAX = 30;
    public static final int LEAST_MIN = 1;
    public static final int LEAST_MAX = 200;
    public static final int HOLD_HOURS_MAX = 24 * 30;

    public static final Validation DEFAULT =
            new Validation(KEY, "Validation", "sub1", Map.of(), 24, false);

    /// What a check does with what it finds.
    public enum Mode {
        /// It does not look.
        OFF,
        /// It marks conversions that are counted.
        FLAG,
        /// It marks them, and what its publisher brings from then on is held for a person.
        HOLD
    }

    /// How a check judges.
    ///
    /// @param certainty digits: 7 for at most one chance in ten million that it is an accident
    /// @param least so many conversions must show the pattern
    public record Rule(Mode mode, int certainty, int least) {}

    public Validation {
        rules = Map.copyOf(rules);
    }

    public Rule rule(FraudCheck check) {
        return Optional.ofNullable(rules.get(check.word())).orElseGet(() -> usual(check));
    }

    /// The rules of all checks.
    public Map<FraudCheck, Rule> all() {
        var all = new EnumMap<FraudCheck, Rule>(FraudCheck.class);
        for (var check : FraudCheck.values()) {
            all.put(check, rule(check));
        }
        return all;
    }

    private static Rule usual(FraudCheck check) {
        return switch (check) {
            case TOO_FAST, TRANSACTION -> new Rule(Mode.FLAG, CERTAINTY_MIN, 1);
            case INJECTION, FLOODING, AMOUNT -> new Rule(Mode.FLAG, 7, 5);
            case RHYTHM -> new Rule(Mode.FLAG, 8, 6);
            case UNUSUAL -> new Rule(Mode.FLAG, 11, 12);
            case CLUSTER -> new Rule(Mode.FLAG, 7, 5);
        };
    }
}
