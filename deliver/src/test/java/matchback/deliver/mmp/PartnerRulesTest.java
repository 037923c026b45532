package matchback.deliver.mmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import matchback.deliver.Answer;
import matchback.deliver.Judgement;
import matchback.deliver.Preparation;
import matchback.deliver.Verdict;
import matchback.deliver.Verdict.Sign;
import matchback.deliver.testing.Told;
import matchback.ledger.Event.AttemptResult;
import matchback.model.Feed;
import matchback.model.Field;
import matchback.model.catalog.Destination.Moment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each partner is not told, and what its answers mean: a table each.
class PartnerRulesTest {
    private static final List<String> ROWS = new ArrayList<>();

    /// What is done to a sale that would be told.
    private static final Map<String, UnaryOperator<Told>> CASES =
            Map.ofEntries(
                    Map.entry("as it is", told -> told),
                    Map.entry("rejected", told -> told.at(Moment.REJECTED)),
                    Map.entry("denied", told -> told.person(Field.AD_USER_DATA, "denied")),
                    Map.entry("30 days old", told -> told.happened(daysAgo(30))),
                    Map.entry("2 days old", told -> told.happened(daysAgo(2))),
                    Map.entry("by a partner", told -> told.reportedBy(Feed.MMP)),
                    Map.entry("by a server", told -> told.reportedBy(Feed.S2S)),
                    Map.entry("an install", told -> told.value("event", "install")),
                    Map.entry("erased", Told::erased),
                    Map.entry("no mapping", told -> told.named("sale", "")),
                    Map.entry("long name", told -> told.named("sale", "x".repeat(33))),
                    Map.entry(
                            "much text",
                            told -> told.person(Field.EXTERNAL_USER, "u".repeat(1_024))),
                    Map.entry("a test", Told::test));

    private static java.time.Instant daysAgo(int days) {
        return Told.NOW.minus(Duration.ofDays(days));
    }

    @AfterAll
    static void print() {
        System.out.printf("%-10s %-14s %s%n", "partner", "sale", "told");
        ROWS.forEach(System.out::println);
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    APPSFLYER | as it is     | yes
                    APPSFLYER | rejected     | cannot be told that a conversion is rejected
                    APPSFLYER | denied       | denied the use of the data for ads
                    APPSFLYER | 30 days old  | takes events of the last 7 days
                    APPSFLYER | 2 days old   | yes
                    APPSFLYER | by a partner | A measurement partner reported it
                    APPSFLYER | by a server  | yes
                    APPSFLYER | an install   | counts install by its software in the app
                    APPSFLYER | erased       | carry appsflyer_id
                    APPSFLYER | no mapping   | yes
                    APPSFLYER | much text    | AppsFlyer takes 1024
                    APPSFLYER | a test       | has no test mode
                    ADJUST    | as it is     | yes
                    ADJUST    | rejected     | cannot be told that a conversion is rejected
                    ADJUST    | denied       | denied the use of the data for ads
                    ADJUST    | 30 days old  | takes events of the last 28 days
                    ADJUST    | by a partner | A measurement partner reported it
                    ADJUST    | an install   | counts install by its software in the app
                    ADJUST    | erased       | carry one of idfa, gaid
                    ADJUST    | no mapping   | give the one for sale under event names
                    ADJUST    | a test       | yes
                    BRANCH    | as it is     | yes
                    BRANCH    | rejected     | cannot be told that a conversion is rejected
                    BRANCH    | denied       | denied the use of the data for ads
                    BRANCH    | 2 days old   | takes events of the last 24 h
                    BRANCH    | by a partner | A measurement partner reported it
                    BRANCH    | an install   | counts install by its software in the app
                    BRANCH    | erased       | carry one of idfa, gaid
                    BRANCH    | no mapping   | yes
                    BRANCH    | a test       | Set test-key first
                    SINGULAR  | as it is     | yes
                    SINGULAR  | rejected     | cannot be told that a conversion is rejected
                    SINGULAR  | denied       | denied the use of the data for ads
                    SINGULAR  | 30 days old  | takes events of the last 7 days
                    SINGULAR  | by a partner | A measurement partner reported it
                    SINGULAR  | an install   | counts install by its software in the app
                    SINGULAR  | erased       | carry one of idfa, gaid
                    SINGULAR  | long name    | event names of 1 to 32 ASCII
                    SINGULAR  | a test       | has no test mode
                    """)
    void what_a_partner_does_not_take_is_not_sent(
            PartnerSale partner, String sale, String expected) {
        var change = Objects.requireNonNull(CASES.get(sale));

        var preparation = partner.prepared(change.apply(partner.told()));

        var told =
                switch (preparation) {
                    case Preparation.Ready _ -> "yes";
                    case Preparation.Hopeless(var note) -> note;
                    case Preparation.Parked(var note) -> "parked: " + note;
                };
        assertThat(told).contains(expected);
        ROWS.add("%-10s %-14s %s".formatted(partner.type(), sale, told));
    }

    @ParameterizedTest(name = "{0} answers {1} {2}: {3}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    APPSFLYER | 200 | ok                                               | DELIVERED
                    APPSFLYER | 400 | eventName is missing                             | DEAD
                    APPSFLYER | 401 | unauthorized                                     | PARKED
                    APPSFLYER | 429 | slow down                                        | RETRY
                    APPSFLYER | 503 | down                                             | RETRY
                    ADJUST    | 200 | {"status":"OK"}                                  | DELIVERED
                    ADJUST    | 400 | {"error":"Event request failed (Bad event state)"} | DEAD
                    ADJUST    | 400 | {"error":"Event request failed (Ignoring event, earlier unique event tracked)"} | DELIVERED
                    ADJUST    | 400 | {"error":"Event request failed (Invalid app token)"} | PARKED
                    ADJUST    | 400 | {"error":"Event request failed (Invalid event token)"} | DEAD
                    ADJUST    | 401 | {"error":"Event request failed (Failed to authorize request)"} | PARKED
                    ADJUST    | 403 | {"error":"Event request failed (App is inactive)"} | PARKED
                    ADJUST    | 403 | {"error":"Event request failed (Event token blocklisted)"} | DEAD
                    ADJUST    | 404 | {"error":"Event request failed (App token not found)"} | PARKED
                    ADJUST    | 404 | {"error":"Event request failed (Device not found)"} | RETRY
                    ADJUST    | 451 | {"error":"Event request failed (Device is opted out)"} | DEAD
                    ADJUST    | 500 | {"error":"Event request failed (Internal error)"} | RETRY
                    BRANCH    | 200 | {}                                               | DELIVERED
                    BRANCH    | 400 | {"error":{"code":400,"message":"Invalid or missing branch_key"}} | PARKED
                    BRANCH    | 400 | {"error":{"code":400,"message":"Invalid event name"}} | DEAD
                    BRANCH    | 429 | {"error":{"code":429,"message":"Rate limit reached."}} | RETRY
                    BRANCH    | 500 | down                                             | RETRY
                    SINGULAR  | 200 | {"status":"ok"}                                  | DELIVERED
                    SINGULAR  | 200 | {"status":"error","reason":"event name"}         | DEAD
                    SINGULAR  | 200 | {"status":"error","reason":"invalid SDK key"}    | PARKED
                    SINGULAR  | 500 | down                                             | RETRY
                    """)
    void an_answer_says_what_becomes_of_it(
            PartnerSale partner, int status, String body, AttemptResult result) {
        var byStatus =
                new Verdict(
                        status == 200 ? AttemptResult.DELIVERED : AttemptResult.RETRY,
                        Sign.ALIVE,
                        status,
                        body,
                        Duration.ZERO);

        var judgement =
                partner.adapter()
                        .judge(
                                List.of(partner.parcel(partner.told())),
                                new Answer.Answered(status, Map.of(), body),
                                byStatus);

        var verdict =
                judgement instanceof Judgement.Halve(var ofOne)
                        ? ofOne
                        : ((Judgement.All) judgement).verdict();
        assertThat(verdict.result()).isEqualTo(result);
        assertThat(verdict.note()).isNotBlank();
        ROWS.add(
                "%-10s %-14s %s, %s: %s"
                        .formatted(
                                partner.type(), "answer " + status, result, verdict.sign(), body));
    }
}
