package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import matchback.model.FraudCheck;
import matchback.model.catalog.Validation;
import matchback.model.catalog.Validation.Mode;
import matchback.model.catalog.Validation.Rule;

/// The settings of validation as JSON, both ways:
/// `{"publisher":"sub1","holdHours":24,"checks":{"injection":{"mode":"flag","certainty":7,"least":5}}}`.
/// What is left out stays as it is by default.
public final class ValidationSettings {
    private static final String PUBLISHER = "publisher";
    private static final String HOLD_HOURS = "holdHours";
    private static final String CHECKS = "checks";
    private static final String MODE = "mode";
    private static final String CERTAINTY = "certainty";
    private static final String LEAST = "least";
    private static final int SUBS = 20;

    private ValidationSettings() {}

    /// @param settings count only without problems
    public record Read(Validation settings, List<FieldProblem> problems) {}

    public static Read read(ObjectNode body) {
        var form = new Form(body);
        form.onlyFields(Set.of(PUBLISHER, HOLD_HOURS, CHECKS));
        var usual = Validation.DEFAULT;
        var publisher = form.word(PUBLISHER, subs()).orElse(usual.publisher());
        int hours = form.number(HOLD_HOURS, 1, Validation.HOLD_HOURS_MAX, usual.holdHours());
        var rules = new HashMap<String, Rule>();
        form.form(CHECKS)
                .ifPresent(checks -> {
                    checks.onlyFields(words());
                    for (var check : FraudCheck.values()) {
                        checks.form(check.word())
                                .ifPresent(rule ->
                                        rules.put(check.word(), rule(rule, usual.rule(check))));
                    }
                });
        return new Read(
                new Validation(Validation.KEY, usual.name(), publisher, rules, hours, false),
                form.problems());
    }

    private static Rule rule(Form form, Rule usual) {
        form.onlyFields(Set.of(MODE, CERTAINTY, LEAST));
        return new Rule(
                form.word(MODE, modes())
                        .map(word -> Mode.valueOf(word.toUpperCase(Locale.ROOT)))
                        .orElse(usual.mode()),
                form.number(
                        CERTAINTY,
                        Validation.CERTAINTY_MIN,
                        Validation.CERTAINTY_MAX,
                        usual.certainty()),
                form.number(LEAST, Validation.LEAST_MIN, Validation.LEAST_MAX, usual.least()));
    }

    public static ObjectNode write(Validation settings) {
        var node = Json.object();
        node.put(PUBLISHER, settings.publisher());
        node.put(HOLD_HOURS, settings.holdHours());
        var checks = node.putObject(CHECKS);
        settings.all()
                .forEach((check, rule) ->
                        checks.putObject(check.word())
                                .put(MODE, rule.mode().name().toLowerCase(Locale.ROOT))
                                .put(CERTAINTY, rule.certainty())
                                .put(LEAST, rule.least()));
        return node;
    }

    private static Set<String> subs() {
        var subs = new TreeSet<String>();
        IntStream.rangeClosed(1, SUBS).forEach(number -> subs.add("sub" + number));
        return subs;
    }

    private static Set<String> words() {
        var words = new TreeSet<String>();
        Arrays.stream(FraudCheck.values()).forEach(check -> words.add(check.word()));
        return words;
    }

    private static Set<String> modes() {
        var modes = new TreeSet<String>();
        Arrays.stream(Mode.values())
                .forEach(mode -> modes.add(mode.name().toLowerCase(Locale.ROOT)));
        return modes;
    }

    static ObjectNode schema() {
        var rule =
                Schema.object(
                        "How a check judges",
                        List.of(
                                FieldSpec.optional(
                                        MODE,
                                        Schema.words(
                                                "off: it does not look; flag: it marks conversions;"
                                                        + " hold: what the publisher brings from"
                                                        + " then on is held too",
                                                modes())),
                                FieldSpec.optional(
                                        CERTAINTY,
                                        Schema.integer(
                                                "Digits: 7 for at most one chance in ten million"
                                                        + " that it is an accident",
                                                Validation.CERTAINTY_MIN,
                                                Validation.CERTAINTY_MAX)),
                                FieldSpec.optional(
                                        LEAST,
                                        Schema.integer(
                                                "So many conversions must show the pattern",
                                                Validation.LEAST_MIN,
                                                Validation.LEAST_MAX))));
        return Schema.object(
                "What the operator wants of validation",
                List.of(
                        FieldSpec.optional(
                                PUBLISHER,
                                Schema.words("The sub parameter that names the publisher", subs())),
                        FieldSpec.optional(
                                HOLD_HOURS,
                                Schema.integer(
                                        "How long a publisher stays in quarantine",
                                        1,
                                        Validation.HOLD_HOURS_MAX)),
                        FieldSpec.optional(CHECKS, Schema.map("By the word of the check", rule))));
    }
}
