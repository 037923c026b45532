package matchback.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import matchback.model.FraudCheck;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.model.catalog.Validation;
import matchback.model.catalog.Validation.Mode;
import matchback.model.catalog.Validation.Rule;
import org.junit.jupiter.api.Test;

/// The model of intervals on traffic of publishers that are all alike, and one that is not.
final class ModelProbeTest {
    private static final long FROM = 1_772_409_600_000L;
    private static final long HOUR = 3_600_000L;
    private static final int HOURS = 96;
    private static final int PUBLISHERS = 12;
    private static final String ODD = "pub-odd";

    /// A publisher whose conversions come from a hundred networks, about ten minutes after the
    /// click, and one that is a little off in several figures at once from an hour on.
    private static final class Made {
        private final SplittableRandom random = new SplittableRandom(11);
        private final Detector detector = new Detector(onlyModel());
        private final List<Suspicion> found = new ArrayList<>();
        private long number;

        Made run(int oddFromHour) {
            for (int hour = 0; hour < HOURS; hour++) {
                for (int i = 0; i < PUBLISHERS; i++) {
                    hour("pub-" + i, hour, false);
                }
                hour(ODD, hour, hour >= oddFromHour);
            }
            return this;
        }

        private void hour(String publisher, int hour, boolean isOdd) {
            long at = FROM + hour * HOUR;
            detector.clicked("push", publisher, at, 30);
            for (int i = 0; i < 2; i++) {
                long received = at + HOUR / 2 * i + random.nextLong(HOUR / 2);
                long delay = (long) (600_000 * Math.exp(random.nextGaussian()));
                int network = random.nextInt(isOdd ? 4 : 100);
                long payout = isOdd && random.nextInt(3) > 0 ? 4_000_000L : 2_000_000L;
                found.addAll(
                        detector.converted(
                                conversion(
                                        publisher,
                                        received,
                                        isOdd ? delay / 8 : delay,
                                        network,
                                        payout)));
            }
        }

        private Converted conversion(
                String publisher, long received, long delay, int network, long payout) {
            number++;
            return new Converted(
                    new RecordId(number, number),
                    new Subject("click-" + number),
                    received - delay,
                    received,
                    received,
                    false,
                    "push",
                    publisher,
                    "boots",
                    "shop",
                    "sale",
                    "t" + number,
                    payout,
                    0,
                    "10.0.%d.%d".formatted(network, number % 200),
                    "10.0.%d.0/24".formatted(network));
        }
    }

    private static Validation onlyModel() {
        var rules = new HashMap<String, Rule>();
        for (var check : FraudCheck.values()) {
            rules.put(check.word(), new Rule(Mode.OFF, 7, 5));
        }
        rules.put("unusual", Validation.DEFAULT.rule(FraudCheck.UNUSUAL));
        return new Validation(Validation.KEY, "Validation", "sub1", rules, 24, false);
    }

    @Test
    void publishers_that_are_alike_are_left_alone() {
        assertThat(new Made().run(HOURS).found).isEmpty();
    }

    @Test
    void a_publisher_that_is_a_little_off_in_several_figures_is_found_with_the_figures() {
        var found = new Made().run(48).found;

        assertThat(found).hasSizeGreaterThan(20);
        assertThat(found)
                .allMatch(suspicion -> suspicion.conversion().publisher().equals(ODD))
                .allMatch(suspicion -> suspicion.check() == FraudCheck.UNUSUAL)
                .allMatch(suspicion -> suspicion.conversion().receivedAt() >= FROM + 36 * HOUR);
        assertThat(found.getFirst().evidence())
                .startsWith("the last 12, in ")
                .containsPattern("score \\d\\.\\d\\d, usual is \\d\\.\\d\\d, \\d+ deviations above")
                .containsPattern("What counts most: .+ \\(\\d+ %\\)")
                .doesNotContain("10.0.");
    }

    @Test
    void nothing_is_said_before_enough_is_known() {
        assertThat(new Made().run(0).found)
                .allMatch(suspicion -> suspicion.conversion().receivedAt() > FROM + 12 * HOUR);
    }

    @Test
    void the_same_conversions_give_the_same_verdicts_word_by_word() {
        assertThat(new Made().run(48).found).isEqualTo(new Made().run(48).found);
    }
}
