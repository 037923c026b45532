package matchback.deliver.doubles;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import matchback.deliver.Parcel;
import matchback.deliver.Preparation;
import matchback.deliver.google.DataManager;
import matchback.deliver.platform.Json;
import matchback.deliver.testing.Told;
import matchback.model.Field;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.Destination.Sum;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever people send us, Google's rules find nothing wrong with the request we make of it: one
/// event that slipped through would refuse all the others.
class GoogleAgreementTest {
    private static final int TELLINGS = 2_000;
    private static final Set<String> ACTIONS = Set.of("7001", "7002");
    private static final DataManager ADAPTER = new DataManager(Told.SECRETS);

    private static final List<String> VALUES =
            List.of(
                    "",
                    " ",
                    "unknown",
                    "{email}",
                    "quinn@example.com",
                    "QUINN@EXAMPLE",
                    "+@gmail.com",
                    "+49 (171) 123-45-67",
                    "0171 1234567",
                    "0",
                    "Zoë O'Brien-Łukasz",
                    "Mr. ",
                    ", Jr.",
                    "Москва",
                    "US",
                    "UK",
                    "XX",
                    "Germany",
                    "94035-1234",
                    "203.0.113.9",
                    "2001:db8::7",
                    "127.1",
                    "denied",
                    "granted",
                    "1",
                    "a\"b\\c\u0000\u2028",
                    "62A14E44F765419D10FEA99367361A727C12365E2520F32218D505ED9AA0F62F",
                    "x".repeat(3_000));

    private static final Map<String, List<String>> SETTINGS =
            Map.of(
                    "event-source",
                    List.of("WEB", "APP", "IN_STORE", "PHONE", "OTHER"),
                    "transaction-id",
                    List.of("event-id", "txid"),
                    "consent-ad-personalization",
                    List.of("", "granted", "denied"),
                    "device-info",
                    List.of("yes", "no"),
                    "login-customer-id",
                    List.of("", "987-654-3210"));

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
                    assertTaken(told, parcel);
                    sent++;
                }
                case Preparation.Hopeless(var note) -> assertThat(note).hasSizeGreaterThan(20);
                case Preparation.Parked(var note) -> throw new AssertionError("parked: " + note);
            }
        }

        assertThat(sent).as("seed " + seed).isBetween(TELLINGS / 10, TELLINGS * 9 / 10);
    }

    private static void assertTaken(Told told, Parcel parcel) {
        var request = ADAPTER.pack(Told.KEY, List.of(parcel), told.catalog());
        var body = Json.lenient(new String(request.body(), StandardCharsets.UTF_8));
        var check = new IngestCheck(body, ACTIONS, Set.of());

        assertThat(check.violations()).as(parcel.content()).isEmpty();
        assertThat(check.unknownName()).as(parcel.content()).isEmpty();
    }

    private static Told told(RandomGenerator random) {
        var told =
                new Told("google")
                        .with("customer-id", "123-456-7890")
                        .with("conversion-action-id", "7001")
                        .with("client-id", "client")
                        .secret("client-secret", "a secret")
                        .secret("refresh-token", "a token")
                        .named("lead", "7002")
                        .landing(
                                "/c/1?"
                                        + one(
                                                random,
                                                List.of(
                                                        "",
                                                        "gclid=G-1",
                                                        "gclid=%7Bgclid%7D",
                                                        "gbraid=B&wbraid=W",
                                                        "gclid=%00%FF")));
        SETTINGS.forEach((name, values) -> told.with(name, one(random, values)));
        for (var field : Field.values()) {
            if (field.isPersonal() && random.nextInt(3) == 0) {
                told.person(field, one(random, VALUES));
            }
        }
        told.value("event", one(random, List.of("sale", "lead", "rebill")));
        told.value("value", one(random, List.of("", "0.00", "99.90", "999999999999.999999")));
        told.sum(one(random, List.of(Sum.Of.values())), 1 + random.nextInt(100));
        told.at(random.nextInt(5) == 0 ? one(random, List.of(Moment.values())) : Moment.APPROVED);
        return random.nextInt(10) == 0 ? told.erased() : told;
    }

    private static <T> T one(RandomGenerator random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
