package matchback.deliver.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import matchback.deliver.Answer;
import matchback.deliver.Judgement;
import matchback.deliver.Parcel;
import matchback.deliver.Preparation;
import matchback.deliver.Verdict;
import matchback.deliver.Verdict.Sign;
import matchback.deliver.testing.Told;
import matchback.ledger.Event.AttemptResult;
import matchback.model.Field;
import matchback.model.Secrets;
import matchback.model.TokenFingerprints;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Destination.Sum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What every platform gets from the engine, by the example of docs/adapters.md.
class PlatformAdapterTest {
    private static final String TOKEN = "the-access-token";
    private static final String HASH =
            "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f";

    private final PlatformAdapter adapter =
            new PlatformAdapter(ExamplePlatform.PLATFORM, Told.SECRETS);

    private static Told told() {
        return new Told("example")
                .with("pixel", "12345")
                .secret("access-token", TOKEN)
                .person(Field.EMAIL, "John_Smith@gmail.com")
                .landing("/c/1?exclid=abcd");
    }

    private Preparation prepared(Told told) {
        return adapter.prepare(Told.KEY, told.shipment(), told.catalog(), Told.NOW);
    }

    private Parcel parcel(Told told) {
        return ((Preparation.Ready) prepared(told)).parcel();
    }

    @Test
    void a_page_of_data_makes_an_adapter() {
        var told = told();

        var request = adapter.pack(Told.KEY, List.of(parcel(told), parcel(told)), told.catalog());

        var event =
                """
                {"name":"PURCHASE","time":1772452800,"id":"E-1",
                 "user":{"click":"abcd","email":"%s"},
                 "value":{"amount":12.50,"currency":"USD"}}\
                """
                        .formatted(HASH);
        assertThat(request.url()).isEqualTo("https://api.ads.example/v1/12345/events");
        assertThat(request.headers()).containsEntry("Authorization", "Bearer " + TOKEN);
        assertThat(Json.lenient(new String(request.body(), StandardCharsets.UTF_8)))
                .isEqualTo(Json.lenient("{\"events\":[" + event + "," + event + "]}"));
        assertThat(request.secrets()).containsExactlyInAnyOrder(TOKEN, HASH, "abcd");
    }

    @Test
    void a_value_that_is_demanded_and_missing_says_what_to_do() {
        assertThat(((Preparation.Hopeless) prepared(told().landing("/c/1"))).note())
                .isEqualTo(
                        "Example Ads asks for user.click, which is not known."
                                + " Keep exclid in the tracking link.");
    }

    @Test
    void a_macro_that_nobody_filled_is_no_click_id() {
        assertThat(prepared(told().landing("/c/1?exclid=%7Bexclid%7D")))
                .isInstanceOf(Preparation.Hopeless.class);
    }

    @ParameterizedTest(name = "{0} % of {1} is {2}")
    @CsvSource({"100, 12.50, 12.50", "50, 12.50, 6.25", "10, 12.50, 1.25", "33, 0.01, 0.0033"})
    void a_share_of_the_amount_is_exact(int percent, String payout, String share) {
        var told = told().value("payout", payout).sum(Sum.Of.PAYOUT, percent);

        assertThat(parcel(told).content()).contains("\"amount\":" + share + ",");
    }

    @Test
    void a_secret_of_another_installation_parks_the_destination() {
        var other =
                new PlatformAdapter(
                        ExamplePlatform.PLATFORM,
                        new Secrets(
                                new TokenFingerprints(
                                        "another installation's key here!"
                                                .getBytes(StandardCharsets.UTF_8))));
        var told = told();

        var preparation = other.prepare(Told.KEY, told.shipment(), told.catalog(), Told.NOW);

        assertThat(((Preparation.Parked) preparation).note())
                .contains("access-token cannot be opened");
    }

    @Test
    void a_destination_that_is_gone_is_parked() {
        var preparation =
                adapter.prepare(Told.KEY, told().shipment(), Catalog.empty("USD"), Told.NOW);

        assertThat(((Preparation.Parked) preparation).note())
                .isEqualTo("There is no destination mine");
    }

    @Test
    void a_secret_that_was_pasted_with_white_space_is_still_found_in_notes() {
        var told = told();
        told.secret("access-token", TOKEN + "  ");

        assertThat(parcel(told).secrets()).contains(TOKEN);
    }

    @ParameterizedTest(name = "{0} is {1} for {2}, {3}")
    @CsvSource({
        "OK, DELIVERED, All, ALIVE",
        "BAD_EVENT, DEAD, Halve, ALIVE",
        "BAD_TOKEN, PARKED, All, PARKED",
        "SLOW_DOWN, RETRY, All, THROTTLED",
        "OTHER, RETRY, All, TROUBLED"
    })
    void notes_of_all_judgements_are_cleaned(
            String code, AttemptResult result, String scope, Sign sign) {
        var parcel = parcel(told());
        var body =
                "{\"code\":\"%s\",\"message\":\"%s: %s, %s\"}".formatted(code, code, HASH, TOKEN);
        var byStatus = new Verdict(AttemptResult.RETRY, Sign.TROUBLED, 500, body, Duration.ZERO);

        var judgement =
                adapter.judge(
                        List.of(parcel, parcel),
                        new Answer.Answered(500, Map.of(), body),
                        byStatus);

        var verdict =
                switch (judgement) {
                    case Judgement.All(var all) -> all;
                    case Judgement.Halve(var ofOne) -> ofOne;
                    case Judgement.Each(var each) -> each.getFirst();
                    case Judgement.Without(var refused) -> refused.values().iterator().next();
                };
        assertThat(judgement.getClass().getSimpleName()).isEqualTo(scope);
        assertThat(verdict.result()).isEqualTo(result);
        assertThat(verdict.sign()).isEqualTo(sign);
        assertThat(verdict.note()).isEqualTo(code + ": ***, ***");
    }

    @Test
    void the_page_of_documentation_shows_the_code_that_is_tested() throws IOException {
        var page = Files.readString(Path.of("../docs/adapters.md"));
        var code =
                Files.readString(
                        Path.of("src/test/java/matchback/deliver/platform/ExamplePlatform.java"));

        assertThat(page).contains(code.substring(code.indexOf("final class")));
    }
}
