package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import matchback.console.testing.FormSession;
import matchback.console.testing.Reply;
import matchback.console.testing.TestingConsole;
import matchback.model.catalog.Campaign.WeightedOffer;
import matchback.model.catalog.Condition;
import matchback.model.catalog.RoutePath;
import matchback.model.catalog.RoutePath.WeightedLander;
import matchback.model.catalog.Routing;
import matchback.model.catalog.Routing.Referrer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The form as a browser without any script sends it.
final class CampaignFormTest {
    private final TestingConsole console = new TestingConsole();
    private final FormSession session = new FormSession(console);

    @BeforeEach
    void things() {
        session.post("/offers/new", "name", "Loan", "url", "https://loan.example/");
        session.post("/offers/new", "name", "Card", "url", "https://card.example/");
        session.post("/landers/new", "name", "Quiz", "url", "https://quiz.example/");
    }

    @AfterEach
    void close() {
        console.close();
    }

    private static final String[] PATHS = {
        "name",
        "Summer",
        "offer",
        "loan",
        "offerWeight",
        "",
        "offer",
        "",
        "offerWeight",
        "",
        "paths",
        "2",
        "paths.0.name",
        "Tier 1",
        "paths.0.weight",
        "",
        "paths.0.clicksPerDay",
        "500",
        "paths.0.trait",
        "country",
        "paths.0.not",
        "false",
        "paths.0.values",
        "DE, AT ,",
        "paths.0.trait",
        "device",
        "paths.0.not",
        "true",
        "paths.0.values",
        "tablet",
        "paths.0.trait",
        "",
        "paths.0.not",
        "false",
        "paths.0.values",
        "",
        "paths.0.lander",
        "quiz",
        "paths.0.landerWeight",
        "3",
        "paths.0.lander",
        "*direct",
        "paths.0.landerWeight",
        "1",
        "paths.0.offer",
        "loan",
        "paths.0.offerWeight",
        "30",
        "paths.0.offer",
        "card",
        "paths.0.offerWeight",
        "70",
        "paths.1.name",
        "Rest",
        "paths.1.weight",
        "2",
        "paths.1.paused",
        "true",
        "paths.1.offer",
        "card",
        "paths.1.offerWeight",
        "",
        "stickyDays",
        "7",
        "referrer",
        "hidden",
        "domain",
        "Go.Example.com",
        "costModel",
        "none",
        "redirectStatus",
        "302",
    };

    private Reply post(String path, String... more) {
        var fields = new java.util.ArrayList<>(List.of(PATHS));
        fields.addAll(List.of(more));
        return session.post(path, fields.toArray(String[]::new));
    }

    private Routing saved() {
        return console.ledger.catalog().campaign("summer").orElseThrow().routes();
    }

    @Test
    void paths_are_taken_and_shown_again_with_their_shares() {
        assertThat(post("/campaigns/new").status()).isEqualTo(303);

        assertThat(saved())
                .isEqualTo(
                        new Routing(
                                List.of(
                                        new RoutePath(
                                                "Tier 1",
                                                1,
                                                false,
                                                List.of(
                                                        new Condition(
                                                                "country",
                                                                false,
                                                                List.of("DE", "AT")),
                                                        new Condition(
                                                                "device", true, List.of("tablet"))),
                                                List.of(
                                                        new WeightedLander("quiz", 3),
                                                        new WeightedLander("", 1)),
                                                List.of(
                                                        new WeightedOffer("loan", 30),
                                                        new WeightedOffer("card", 70)),
                                                500),
                                        new RoutePath(
                                                "Rest",
                                                2,
                                                true,
                                                List.of(),
                                                List.of(),
                                                List.of(new WeightedOffer("card", 1)),
                                                null)),
                                7,
                                Referrer.HIDDEN,
                                "go.example.com"));
        var form = session.get("/campaigns/summer/edit").text();
        assertThat(form)
                .contains("value=\"Tier 1\"", "value=\"DE, AT\"", "75.0", "25.0", "30.0", "70.0")
                .contains("takes all who meet its rules", "takes nobody");
        var page = session.get("/campaigns/summer").text();
        assertThat(page).contains("country=DE,AT · device≠tablet", "go.example.com/c/summer");
    }

    @Test
    void the_form_saved_as_it_is_shown_changes_nothing() {
        post("/campaigns/new");
        var before = saved();
        var etag = etag(session.get("/campaigns/summer/edit").text());

        assertThat(post("/campaigns/summer/edit", "etag", etag).status()).isEqualTo(303);

        assertThat(saved()).isEqualTo(before);
    }

    private static String etag(String form) {
        var found =
                java.util.regex.Pattern.compile("name=\"etag\" value=\"([^\"]*)\"").matcher(form);
        assertThat(found.find()).isTrue();
        return found.group(1).replace("&#34;", "\"");
    }

    @Test
    void rows_are_added_moved_and_taken_away_without_saving() {
        var added = post("/campaigns/new", "arrange", "add").text();
        var moved = post("/campaigns/new", "arrange", "down:0").text();
        var removed = post("/campaigns/new", "arrange", "remove:0").text();
        var nonsense = post("/campaigns/new", "arrange", "up:99");

        assertThat(added).contains("name=\"paths\" value=\"3\"", "Path 3", "value=\"DE, AT\"");
        assertThat(moved).contains("Path 1: Rest", "Path 2: Tier 1");
        assertThat(removed).contains("name=\"paths\" value=\"1\"", "Path 1: Rest");
        assertThat(nonsense.status()).isEqualTo(200);
        assertThat(console.ledger.catalog().campaign("summer")).isEmpty();
    }

    @Test
    void a_path_in_which_nothing_stands_is_left_out() {
        assertThat(post("/campaigns/new", "paths", "2", "paths.2.name", "").status())
                .isEqualTo(303);
        var blank =
                session.post(
                        "/campaigns/new",
                        "name",
                        "Blank",
                        "paths",
                        "1",
                        "paths.0.name",
                        "",
                        "paths.0.trait",
                        "",
                        "paths.0.values",
                        "",
                        "paths.0.weight",
                        "4",
                        "costModel",
                        "none");

        assertThat(blank.status()).isEqualTo(303);
        assertThat(console.ledger.catalog().campaign("blank").orElseThrow().routes())
                .isEqualTo(Routing.PLAIN);
    }

    @Test
    void what_is_wrong_is_told_where_it_stands() {
        var answer =
                session.post(
                        "/campaigns/new",
                        "name",
                        "Summer",
                        "costModel",
                        "none",
                        "paths",
                        "3",
                        "paths.0.name",
                        "A",
                        "paths.0.trait",
                        "time",
                        "paths.0.not",
                        "false",
                        "paths.0.values",
                        "9 to 5",
                        "paths.1.name",
                        "A",
                        "paths.1.weight",
                        "many",
                        "paths.1.offer",
                        "loan",
                        "paths.2.trait",
                        "bot",
                        "paths.2.not",
                        "false",
                        "paths.2.values",
                        "maybe",
                        "paths.2.offer",
                        "loan",
                        "stickyDays",
                        "1000",
                        "domain",
                        "https://go.example.com/");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text())
                .contains("mon-fri 09:00-18:00")
                .contains("A path needs an offer")
                .contains("is there twice")
                .contains("expected is yes or no")
                .contains("A path needs a name")
                .contains("paths.1.weight-error")
                .contains("0 to 365")
                .contains("is no host name");
    }

    @Test
    void it_is_told_who_would_go_where() {
        post("/campaigns/new");

        var german = session.get("/campaigns/summer/route?country=de&device=mobile").text();
        var french = session.get("/campaigns/summer/route?country=FR").text();
        var wrong = session.get("/campaigns/summer/route?time=noon");

        assertThat(german)
                .contains("Tier 1", "rule country=DE,AT and device≠tablet")
                .contains("Quiz", "75.0", "Straight to the offer", "Card", "70.0");
        assertThat(french).contains("The campaign's own offers", "no path matches", "Loan");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(session.get("/campaigns/none/route").status()).isEqualTo(404);
    }
}
