package matchback.deliver.mmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import matchback.deliver.OutboundRequest;
import matchback.deliver.Parcel;
import matchback.deliver.Preparation;
import matchback.deliver.doubles.LocalServer.Call;
import matchback.deliver.doubles.PartnerRules;
import matchback.deliver.doubles.PartnerRules.Ruling;
import matchback.deliver.platform.Json;
import matchback.deliver.testing.Told;
import matchback.model.Field;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.Destination.Sum;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Random people through each adapter: whatever is sent keeps the partner's rules.
class PartnerAgreementTest {
    private static final int TELLINGS = 300;

    private static final List<String> VALUES =
            List.of(
                    "person@example.com",
                    PartnerSale.GAID,
                    PartnerSale.APPSFLYER_ID,
                    "2001:db8::7",
                    "203.0.113.7",
                    "granted",
                    "denied",
                    "1",
                    "Ünï code & more=?",
                    "a\"b\\c\u0000\u2028",
                    "x".repeat(500));

    private static final Map<PartnerSale, Map<String, List<String>>> SETTINGS =
            Map.of(
                    PartnerSale.APPSFLYER,
                    Map.of("bundle-identifier", List.of("", "com.example.app")),
                    PartnerSale.ADJUST,
                    Map.of(
                            "environment",
                            List.of("production", "sandbox"),
                            "send-deduplication-id",
                            List.of("yes", "no")),
                    PartnerSale.BRANCH,
                    Map.of("dma-consent", List.of("reported", "never")),
                    PartnerSale.SINGULAR,
                    Map.of("platform", List.of("Android", "iOS", "Web")));

    static Stream<Arguments> cases() {
        var given = Long.getLong("seed");
        var seeds =
                given == null
                        ? IntStream.range(1, 3).mapToObj(Long::valueOf).toList()
                        : List.of(given);
        return Stream.of(PartnerSale.values())
                .flatMap(partner -> seeds.stream().map(seed -> Arguments.of(partner, seed)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("cases")
    void what_is_sent_is_taken_and_what_is_not_sent_says_why(PartnerSale partner, long seed) {
        var random = new SplittableRandom(seed);
        var adapter = partner.adapter();
        int sent = 0;

        for (int i = 0; i < TELLINGS; i++) {
            var told = told(partner, random);
            switch (adapter.prepare(Told.KEY, told.shipment(), told.catalog(), Told.NOW)) {
                case Preparation.Ready(var parcel) -> {
                    var ruling = ruling(partner, told, parcel);
                    assertThat(ruling).as(parcel.content()).isInstanceOf(Ruling.Taken.class);
                    sent++;
                }
                case Preparation.Hopeless(var note) -> assertThat(note).hasSizeGreaterThan(20);
                case Preparation.Parked(var note) -> throw new AssertionError("parked: " + note);
            }
        }

        assertThat(sent).as("seed " + seed).isBetween(TELLINGS / 20, TELLINGS * 19 / 20);
    }

    /// A device that Adjust does not know is no breach of its rules.
    private static Ruling ruling(PartnerSale partner, Told told, Parcel parcel) {
        var request = partner.adapter().pack(Told.KEY, List.of(parcel), told.catalog());
        var ruling = partner.rules.of(call(request));
        return partner.rules instanceof PartnerRules.Adjust && ruling.reply().status() == 404
                ? new Ruling.Taken(Json.object(), "", ruling.reply())
                : ruling;
    }

    private static Call call(OutboundRequest request) {
        var headers = new HashMap<String, String>();
        request.headers()
                .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return new Call(
                request.method(),
                URI.create(request.url()).getPath(),
                Map.of(),
                headers,
                new String(request.body(), StandardCharsets.UTF_8));
    }

    private static Told told(PartnerSale partner, RandomGenerator random) {
        var told = random.nextBoolean() ? partner.told() : partner.unknown();
        SETTINGS.getOrDefault(partner, Map.of())
                .forEach((name, values) -> told.with(name, one(random, values)));
        for (var field : Field.values()) {
            if (field.isPersonal() && random.nextInt(4) == 0) {
                told.person(field, one(random, VALUES));
            }
        }
        told.landing("/c/1?gaid=" + one(random, List.of("", "{gaid}", PartnerSale.GAID)));
        told.value(
                "event", one(random, List.of("sale", "sale", "lead", "registration", "install")));
        told.value("payout", one(random, List.of("", "0", "12.50", "99999999.123456")));
        told.sum(one(random, List.of(Sum.Of.values())), 1 + random.nextInt(100));
        told.at(random.nextInt(5) == 0 ? one(random, List.of(Moment.values())) : Moment.APPROVED);
        told.happened(
                Told.NOW
                        .plusSeconds(3_600)
                        .minus(Duration.ofHours(random.nextLong(40)))
                        .minusSeconds(random.nextLong(3_600)));
        return random.nextInt(10) == 0 ? told.erased() : told;
    }

    private static <T> T one(RandomGenerator random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
