package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import matchback.console.bench.Expectations;
import matchback.console.templates.Template;
import matchback.console.templates.Templates;
import matchback.model.Decision;
import matchback.model.Reason;
import matchback.server.trial.Trial;
import matchback.server.trial.Trial.Arrived;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/// Every template of the catalogue, played as its platform would by a simulated one: it fills the
/// macros it knows and leaves others as they stand, and it finds the click id only in the parameter
/// of the offer URL that it keeps.
class DialectsTest {
    private static final List<Template> ALL = Templates.catalogue().reports();
    private static final InstantSource CLOCK = InstantSource.system();

    private static final List<String> ROWS = new ArrayList<>();

    private static Vertx vertx;
    private static int vectors;
    private static int unreplaced;
    private static int wrong;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().await();
        System.out.printf("%-30s %-46s %s%n", "template", "address", "came out as");
        ROWS.stream().sorted().forEach(System.out::println);
        System.out.printf(
                "dialects: %d kinds of report (%d of networks and partners, %d of trackers),"
                        + " %d vectors, %d with macros unreplaced, %d known mistakes%n",
                ALL.size(),
                ALL.stream().filter(t -> !t.isTracker()).count(),
                ALL.stream().filter(Template::isTracker).count(),
                vectors,
                unreplaced,
                wrong);
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("ALL")
    void comes_out_as_promised_at_every_address(Template template) {
        for (var path : Trial.paths(template)) {
            var arrived = play(template, path, template.postbackQuery(), template.offerParameter());

            assertThat(arrived.outcome().reason())
                    .as("%s: %s", arrived.target(), arrived.outcome())
                    .isEqualTo(Reason.NEW_CONVERSION);
            assertThat(arrived.outcome().warnings())
                    .as(arrived.target())
                    .containsExactlyInAnyOrderElementsOf(warnings(template));
            assertThat(differences(template, arrived)).as(arrived.target()).isEmpty();
            assertThat(arrived.answer().status()).isEqualTo(200);
            var found = arrived.conversion().orElseThrow();
            ROWS.add(
                    "%-30s %-46s %s: %s"
                            .formatted(
                                    template.key(),
                                    path,
                                    arrived.outcome().reason().code(),
                                    Expectations.words(found)));
            vectors++;
        }
    }

    /// Nobody proves who calls; where the report has no payout, the offer's is taken.
    private static List<Reason> warnings(Template template) {
        return template.postbackQuery().contains("payout=")
                        || template.parameters().containsKey("payout")
                        || template.partner() == null
                ? List.of(Reason.UNSIGNED_SENDER)
                : List.of(Reason.UNSIGNED_SENDER, Reason.PAYOUT_DEFAULTED);
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("ALL")
    void is_refused_with_a_reason_when_no_macro_was_replaced(Template template) {
        try (var trial = new Trial(vertx, CLOCK, template)) {
            // Raw, as most networks send it; '#' and '<' included.
            var arrived = trial.fire("/postback/{key}", template.postbackQuery());

            assertThat(arrived.outcome().reason()).isEqualTo(Reason.UNRESOLVED_MACRO);
            assertThat(arrived.conversion()).isEmpty();
            // A network that sees an error code may switch the postback off for good.
            assertThat(arrived.answer().status()).isEqualTo(200);
            assertThat(arrived.outcome().reason().decision()).isEqualTo(Decision.REFUSED);
            unreplaced++;
        }
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("ALL")
    void knows_each_of_the_words_it_maps(Template template) {
        for (var entry : template.statuses().entrySet()) {
            var statusMacro = macroOf(template, "status", "cnv_status");
            if (statusMacro.isEmpty()) {
                continue;
            }
            var values = new HashMap<>(template.vector().filled());
            values.put(statusMacro, entry.getKey());
            try (var trial = new Trial(vertx, CLOCK, template)) {
                var id = trial.click(slot(template));
                var query = template.fill(template.postbackQuery(), values, id);
                var arrived = trial.fire(Trial.paths(template).getFirst(), query);

                assertThat(arrived.outcome().reason().decision())
                        .as("%s: %s", arrived.target(), arrived.outcome())
                        .isEqualTo(Decision.COUNTED);
            }
        }
    }

    /// Mistakes found in other people's templates (the source of each: the vendor's page named in
    /// the catalogue). The simulated platform must not make a right conversion of any.
    @ParameterizedTest(name = "{0}: {1}, {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    cake      | s1     | clickid=#s1#&payout=#payout#&txid=#leadid#                         | unresolved_macro
                    cake      | s2     | clickid=#s2#&payout=#payout#&txid=#leadid#                         | new_conversion
                    everflow  | sub1   | clickid={sub1}&payout={amount}&txid={transaction_id}               | new_conversion
                    everflow  | aff_sub| clickid={sub1}&payout={payout_amount}&txid={transaction_id}        | missing_click_id
                    affise    | sub1   | clickid={clickid}&payout={sum}&status={status}                     | unresolved_macro
                    maxbounty | s1     | clickid={s1}&payout={rate}                                         | unresolved_macro
                    maxbounty | s1     | clickid=#S2#&payout=#RATE#                                         | missing_click_id
                    zeydoo    | ymid   | clickid={amount}&payout={ymid}                                     | malformed_click_id
                    impact    | irpid  | clickid={SubId1}&payout={Payout}&txid={ActionId}&status={Status}   | missing_click_id
                    impact    | subId1 | clickid={subid1}&payout={payout}&txid={actionid}&status={Status}   | unresolved_macro
                    """)
    void a_known_mistake_does_not_pass(
            String key, String offerParameter, String query, String reason) {
        var template = Templates.catalogue().find(key).orElseThrow();

        var arrived = play(template, "/postback/{key}", query, offerParameter);

        assertThat(arrived.outcome().reason().code())
                .as("%s: %s", arrived.target(), arrived.outcome())
                .isEqualTo(reason);
        assertThat(differences(template, arrived)).as(arrived.target()).isNotEmpty();
        if (arrived.conversion().isPresent()) {
            assertThat(arrived.outcome().warnings()).contains(Reason.UNRESOLVED_PARAMETER);
        }
        wrong++;
    }

    /// The network fills what it knows; the click id only if its slot stood in the offer URL.
    private static Arrived play(
            Template template, String path, String query, String offerParameter) {
        try (var trial = new Trial(vertx, CLOCK, template, offerParameter)) {
            var kept = trial.click(slot(template));
            return trial.fire(path, template.fill(query, template.vector().filled(), kept));
        }
    }

    private static List<String> differences(Template template, Arrived arrived) {
        return Expectations.differences(
                template, arrived.outcome(), arrived.conversion().orElse(null), Trial.CURRENCY);
    }

    private static String slot(Template template) {
        return template.offerParameter();
    }

    private static String macroOf(Template template, String... names) {
        for (var pair : template.postbackQuery().split("&", -1)) {
            for (var name : names) {
                if (pair.startsWith(name + '=')) {
                    return pair.substring(name.length() + 1);
                }
            }
        }
        return "";
    }

    @Test
    void every_entry_says_where_it_was_read_and_fills_all_its_macros() {
        for (var template : ALL) {
            var as = assertThat(template).as(template.key());
            as.matches(t -> !t.sources().isEmpty() && !t.confidence().isEmpty());
            as.matches(
                    t -> t.key().matches("[a-z0-9]{2,40}(:[a-z-]{2,40})?") && !t.name().isBlank());
            as.matches(t -> t.isTracker() == t.offerParameter().isEmpty());
            as.matches(t -> t.answer().always200());
            assertThat(unfilled(template)).as(template.key()).isEmpty();
        }
    }

    private static List<String> unfilled(Template template) {
        var unfilled = new ArrayList<String>();
        for (var pair : template.postbackQuery().split("&", -1)) {
            var value = pair.substring(pair.indexOf('=') + 1);
            var rest = value;
            for (var macro : template.vector().filled().keySet()) {
                rest = rest.replace(macro, "");
            }
            if (!rest.matches("[\\w.]*")) {
                unfilled.add(pair);
            }
        }
        template.vector().filled().keySet().stream()
                .filter(macro -> !template.postbackQuery().contains(macro))
                .forEach(unfilled::add);
        return unfilled;
    }
}
