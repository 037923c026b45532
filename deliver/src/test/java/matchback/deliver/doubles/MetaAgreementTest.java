package matchback.deliver.doubles;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import matchback.deliver.Preparation;
import matchback.deliver.meta.MetaConversions;
import matchback.deliver.platform.Json;
import matchback.deliver.platform.PlatformAdapter;
import matchback.deliver.testing.Told;
import matchback.model.Field;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.Destination.Sum;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever people send us, Meta's rules find nothing wrong with what we make of it: an event is
/// sent and taken, or not sent and the reason said. One that slipped through would spoil a batch.
class MetaAgreementTest {
    private static final int TELLINGS = 2_000;
    private static final PlatformAdapter ADAPTER =
            new PlatformAdapter(MetaConversions.PLATFORM, Told.SECRETS);

    private static final List<String> VALUES =
            List.of(
                    "",
                    " ",
                    "unknown",
                    "{email}",
                    "null",
                    "jane@example.com",
                    "JANE@EXAMPLE",
                    "+49 (171) 123-45-67",
                    "0",
                    "Zoë O'Brien-Łukasz",
                    "Москва",
                    "1990-02-30",
                    "16.02.1997",
                    "female",
                    "US",
                    "Nowhere",
                    "94035-1234",
                    "203.0.113.9",
                    "2001:db8::7",
                    "127.1",
                    "1,2,3",
                    "fb.1.1772452200000.IwAR0",
                    "fb.1.1772452200.IwAR0",
                    "fb.1.1772452200000.11",
                    "https://shop.example/x?y=z",
                    "shop.example",
                    "ftp://shop.example",
                    "denied",
                    "granted",
                    "1",
                    "a\"b\\c\u0000\u2028",
                    "62A14E44F765419D10FEA99367361A727C12365E2520F32218D505ED9AA0F62F",
                    "x".repeat(3_000));

    private static final Map<String, List<String>> SETTINGS =
            Map.of(
                    "action-source",
                    List.of("website", "email", "physical_store", "system_generated", "other"),
                    "page-url",
                    List.of("", "https://shop.example/thanks"),
                    "limited-data-use",
                    List.of("reported", "always", "never"),
                    "limited-data-use-country",
                    List.of("0", "1"),
                    "limited-data-use-state",
                    List.of("0", "1000"));

    static Stream<Long> seeds() {
        var given = Long.getLong("seed");
        return given == null ? IntStream.range(1, 6).mapToObj(Long::valueOf) : Stream.of(given);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_is_sent_is_taken_and_what_is_not_sent_says_why(long seed) {
        var random = new SplittableRandom(seed);
        int sent = 0;

        for (int i = 0; i < TELLINGS; i++) {
            var told = told(random);
            switch (ADAPTER.prepare(Told.KEY, told.shipment(), told.catalog(), Told.NOW)) {
                case Preparation.Ready(var parcel) -> {
                    var event = Json.lenient(parcel.content());
                    assertThat(MetaRules.refusal(event, Told.NOW)).as(parcel.content()).isEmpty();
                    sent++;
                }
                case Preparation.Hopeless(var note) -> assertThat(note).hasSizeGreaterThan(20);
                case Preparation.Parked(var note) -> throw new AssertionError("parked: " + note);
            }
        }

        assertThat(sent).as("seed " + seed).isBetween(TELLINGS / 10, TELLINGS * 9 / 10);
    }

    private static Told told(RandomGenerator random) {
        var told =
                new Told(MetaConversions.TYPE)
                        .with("dataset", MetaDouble.DATASET)
                        .secret("access-token", MetaDouble.TOKEN)
                        .landing("/c/1?fbclid=" + one(random, List.of("", "IwAR0_a-B", "a%20b.c")));
        SETTINGS.forEach((name, values) -> told.with(name, one(random, values)));
        for (var field : Field.values()) {
            if (field.isPersonal() && random.nextInt(3) == 0) {
                told.person(field, one(random, VALUES));
            }
        }
        told.value("event", one(random, List.of("sale", "lead", "registration", "rebill")));
        told.sum(one(random, List.of(Sum.Of.values())), 1 + random.nextInt(100));
        told.at(random.nextInt(5) == 0 ? one(random, List.of(Moment.values())) : Moment.APPROVED);
        long days = random.nextInt(10) == 0 ? random.nextLong(70) : random.nextLong(7);
        told.happened(
                Told.NOW
                        .plusSeconds(3_600)
                        .minus(Duration.ofDays(days))
                        .minusSeconds(random.nextLong(86_400)));
        return random.nextInt(10) == 0 ? told.erased() : told;
    }

    private static <T> T one(RandomGenerator random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
