package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import matchback.model.FraudCheck;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Quarantine;
import matchback.model.catalog.TrafficSource;

/// `/quarantines`
record QuarantineKind() implements Kind<Quarantine> {
    private static final String SOURCE = "source";
    private static final String PARAMETER = "parameter";
    private static final String PUBLISHER = "publisher";
    private static final String CHECK = "check";
    private static final String EVIDENCE = "evidence";
    private static final String HOURS = "hours";
    private static final int PUBLISHER_CHARS_MAX = 500;
    private static final int HOURS_MAX = 24 * 365;
    private static final int HOURS_DEFAULT = 24;
    private static final Set<String> SUBS =
            IntStream.rangeClosed(1, 20)
                    .mapToObj(number -> "sub" + number)
                    .collect(Collectors.toSet());
    private static final Set<String> CHECKS =
            Arrays.stream(FraudCheck.values()).map(FraudCheck::word).collect(Collectors.toSet());

    @Override
    public String path() {
        return "quarantines";
    }

    @Override
    public String word() {
        return "quarantine";
    }

    @Override
    public Class<Quarantine> type() {
        return Quarantine.class;
    }

    @Override
    public List<FieldSpec> fields() {
        return List.of(
                FieldSpec.optional(
                        SOURCE, Schema.text("Key of the traffic source; none: of any", 64)),
                FieldSpec.optional(
                        PARAMETER,
                        Schema.words(
                                "The sub parameter that names the publisher; none: all publishers"
                                        + " of the source",
                                SUBS.stream().sorted().toList())),
                FieldSpec.optional(PUBLISHER, Schema.text("What it must say", PUBLISHER_CHARS_MAX)),
                FieldSpec.required(
                        CHECK,
                        Schema.words(
                                "What its conversions are suspected of; they are held as fraud_ and"
                                        + " this word",
                                CHECKS.stream().sorted().toList())),
                FieldSpec.optional(
                        EVIDENCE,
                        Schema.text(
                                "Shown with each report that is held",
                                Quarantine.EVIDENCE_CHARS_MAX)),
                FieldSpec.optional(
                        HOURS,
                        Schema.integer(
                                "How long, from its beginning; 24 when missing", 1, HOURS_MAX)),
                FieldSpec.answered("from", Schema.time("When it began")),
                FieldSpec.answered("until", Schema.time("When it ends by itself")));
    }

    @Override
    public Optional<Quarantine> read(Form form, Draft<Quarantine> draft) {
        var source =
                Kind.reference(
                        form, SOURCE, draft.catalog(), TrafficSource.class, "traffic source");
        var parameter = form.word(PARAMETER, SUBS);
        var publisher = form.text(PUBLISHER, PUBLISHER_CHARS_MAX);
        if (parameter.isEmpty() && publisher.isPresent()) {
            form.problem(PARAMETER, "Say which sub parameter names the publisher, such as sub1");
        }
        if (source.isEmpty() && parameter.isEmpty() && form.problems().isEmpty()) {
            form.problem(SOURCE, "Name a source, or a parameter and a publisher");
        }
        if (!form.has(CHECK)) {
            form.problem(CHECK, "What they are suspected of is expected, such as injection");
        }
        var before = draft.before();
        long from = before == null || before.archived() ? draft.tokens().now() : before.from();
        long hours = form.number(HOURS, 1, HOURS_MAX, HOURS_DEFAULT);
        var evidence = form.text(EVIDENCE, Quarantine.EVIDENCE_CHARS_MAX).orElse("");
        return form.word(CHECK, CHECKS)
                .map(check ->
                        new Quarantine(
                                draft.key(),
                                draft.name(),
                                source.orElse(""),
                                parameter.orElse(""),
                                publisher.orElse(""),
                                check,
                                evidence,
                                from,
                                from + Duration.ofHours(hours).toMillis(),
                                false));
    }

    @Override
    public void write(Quarantine quarantine, Catalog catalog, String token, ObjectNode node) {
        Json.putText(node, SOURCE, quarantine.source());
        Json.putText(node, PARAMETER, quarantine.parameter());
        Json.putText(node, PUBLISHER, quarantine.publisher());
        node.put(CHECK, quarantine.check());
        Json.putText(node, EVIDENCE, quarantine.evidence());
        node.put(
                HOURS,
                Math.max(1, Duration.ofMillis(quarantine.until() - quarantine.from()).toHours()));
        node.put("from", Instant.ofEpochMilli(quarantine.from()).toString());
        node.put("until", Instant.ofEpochMilli(quarantine.until()).toString());
    }

    @Override
    public List<String> references(String key, Catalog catalog) {
        return List.of();
    }

    @Override
    public Quarantine archived(Quarantine quarantine) {
        return quarantine.ended();
    }
}
