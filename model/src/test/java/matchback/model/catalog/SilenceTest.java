package matchback.model.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import matchback.model.RecordId;
import matchback.model.catalog.Destination.Conditions;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.Destination.Scope;
import matchback.model.catalog.Silence.Candidate;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final Candidate SALE =
            new Candidate(new RecordId(1, 50), "summer", "push", "casino", "sale", 2_500_000);

    private static Destination destination(Scope scope, Conditions conditions) {
        return new Destination(
                "d",
                "D",
                "hook",
                Map.of(),
                Map.of(),
                scope,
                conditions,
                Set.of(Moment.APPROVED, Moment.REVERSED),
                Destination.Sum.PAYOUT,
                Map.of(),
                Destination.Pace.DEFAULT,
                false,
                false);
    }

    private static String why(Destination destination, Moment moment, boolean wasTold) {
        return Silence.of(destination, SALE, moment, wasTold)
                .map(silence -> silence.sentence(destination, SALE, moment))
                .orElse("told");
    }

    private static String why(Scope scope, Conditions conditions) {
        return why(destination(scope, conditions), Moment.APPROVED, false);
    }

    @Test
    void each_reason_is_a_sentence_that_names_what_stands_against_it() {
        var other = List.of("other");

        assertThat(
                        List.of(
                                why(Scope.ALL, Conditions.NONE),
                                why(new Scope(other, List.of(), List.of()), Conditions.NONE),
                                why(new Scope(List.of(), other, List.of()), Conditions.NONE),
                                why(new Scope(List.of(), List.of(), other), Conditions.NONE),
                                why(Scope.ALL, new Conditions(other, 0, 100, 0)),
                                why(Scope.ALL, new Conditions(List.of(), 2_500_001, 100, 0)),
                                why(Scope.ALL, new Conditions(List.of(), 2_500_000, 51, 0)),
                                why(Scope.ALL, new Conditions(List.of(), 0, 50, 0))))
                .containsExactly(
                        "told",
                        "it is not told of the campaign summer",
                        "it is not told of the traffic source push",
                        "it is not told of the offer casino",
                        "it is not told of the event type sale",
                        "the payout is below its least one of 2.500001",
                        "told",
                        "it is told of 50 of a hundred conversions, and this is none of them");
    }

    @Test
    void who_was_told_hears_what_becomes_of_it_and_nobody_else() {
        var chosen =
                destination(new Scope(List.of("other"), List.of(), List.of()), Conditions.NONE);

        assertThat(why(chosen, Moment.REVERSED, true)).isEqualTo("told");
        assertThat(why(chosen, Moment.REVERSED, false))
                .isEqualTo(
                        "it was never told of the conversion, so it is not told that it is"
                                + " reversed");
        assertThat(why(chosen, Moment.REJECTED, true))
                .isEqualTo("it does not hear when a conversion is rejected");
    }

    @Test
    void percentiles_are_evenly_spread() {
        var random = new SplittableRandom(11);
        var counts = new int[100];
        for (int i = 0; i < 100_000; i++) {
            var id = new RecordId(random.nextLong(), random.nextLong());
            counts[new Candidate(id, "", "", "", "", 0).percentile()]++;
        }

        assertThat(counts).satisfies(c -> assertThat(c).hasSize(100));
        for (int count : counts) {
            assertThat(count).isBetween(850, 1_150);
        }
    }
}
