package matchback.console.testing;

import java.util.List;
import java.util.Map;
import matchback.ledger.Accepted;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.Event.ClickRecorded;
import matchback.ledger.Event.DeliveryAttempted;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.PersonalBlock;
import matchback.model.ClickId;
import matchback.model.Feed;
import matchback.model.Params;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.Subject;

/// Clicks and postbacks as the door would record them, on the campaign `summer` of the source
/// `push` with the offer `loan` of the sender `net`.
public final class Traffic {
    private final TestingConsole console;

    public Traffic(TestingConsole console) {
        this.console = console;
        console.post(
                "/api/v1/traffic-sources",
                """
                {"key":"push","name":"Push network","parameters":{"externalId":"zclick"},
                 "postbackUrl":"https://push.example/p?c={externalid}&v={payout}"}
                """);
        console.post("/api/v1/senders", "{\"key\":\"net\",\"name\":\"Affiliate network\"}");
        console.post(
                "/api/v1/offers",
                """
                {"key":"loan","name":"Loan","sender":"net","payout":10,
                 "url":"https://offer.example/?cid={clickid}"}
                """);
        console.post(
                "/api/v1/campaigns",
                """
                {"key":"summer","name":"Summer","source":"push","offers":[{"offer":"loan"}]}
                """);
    }

    public ClickId click() {
        return click("zone 7");
    }

    public ClickId click(String sub1) {
        var id = console.mint.issue(console.clock.millis(), 1, false);
        var record = console.recordIds.next();
        console.ledger
                .submit(
                        new ClickRecorded(
                                record,
                                console.clock.millis(),
                                console.ledger.catalog().version(),
                                Subject.click(id),
                                "summer",
                                "push",
                                "loan",
                                "ext-1",
                                "banner",
                                50_000,
                                "USD",
                                50_000,
                                Map.of("sub1", sub1),
                                Map.of("country", "DE"),
                                true,
                                "",
                                false,
                                new byte[32]),
                        personal(record, "/c/summer?zclick=ext-1"))
                .join();
        return id;
    }

    /// A postback with these parameters in a query.
    public Accepted postback(ClickId id, String query) {
        return told(Feed.S2S, id, query);
    }

    /// A report by some way.
    public Accepted told(Feed feed, ClickId id, String query) {
        var record = console.recordIds.next();
        return console.ledger
                .submit(
                        postback(feed, record, Subject.click(id), id.text(), null, query),
                        personal(record, "/postback?clickid=" + id + '&' + query))
                .join();
    }

    /// A postback to a sender's own address, by whose mapping of then it was about a click.
    public Accepted reported(String sender, ClickId id, String query) {
        var record = console.recordIds.next();
        var kept = postback(Feed.S2S, record, Subject.click(id), id.text(), null, query);
        return console.ledger
                .submit(
                        new PostbackReceived(
                                record,
                                kept.receivedAt(),
                                kept.catalogVersion(),
                                kept.subject(),
                                kept.feed(),
                                sender,
                                kept.clickId(),
                                kept.clickParameter(),
                                "",
                                null,
                                "",
                                kept.params(),
                                List.of(),
                                List.of(),
                                kept.personalHash()),
                        personal(record, "/postback/" + sender + '?' + query))
                .join();
    }

    /// A postback that the door refused.
    public Accepted refused(Reason reason, String query) {
        var record = console.recordIds.next();
        return console.ledger
                .submit(
                        postback(Feed.S2S, record, Subject.record(record), "", reason, query),
                        personal(record, "/postback?" + query))
                .join();
    }

    private PostbackReceived postback(
            Feed feed,
            RecordId record,
            Subject subject,
            String clickId,
            @org.jspecify.annotations.Nullable Reason refusal,
            String query) {
        return new PostbackReceived(
                record,
                console.clock.millis(),
                console.ledger.catalog().version(),
                subject,
                feed,
                "",
                clickId,
                "clickid",
                clickId.isEmpty() ? "{clickid}" : "",
                refusal,
                "",
                Params.ofQuery(query),
                List.of(),
                List.of(),
                new byte[32]);
    }

    /// The first attempt of a click's first delivery.
    public void attempt(ClickId id, AttemptResult result, int httpStatus, String note) {
        attempt(id, 1, result, httpStatus, note);
    }

    /// The first attempt of one of a click's deliveries.
    public void attempt(
            ClickId id, int delivery, AttemptResult result, int httpStatus, String note) {
        console.ledger
                .submit(
                        new DeliveryAttempted(
                                console.recordIds.next(),
                                console.clock.millis(),
                                console.ledger.catalog().version(),
                                Subject.click(id),
                                delivery,
                                1,
                                result,
                                "https://push.example/p?c=ext-1&v=12.50",
                                httpStatus,
                                note,
                                35,
                                result == AttemptResult.RETRY ? console.clock.millis() + 5000 : 0),
                        null)
                .join();
    }

    private static PersonalBlock personal(RecordId record, String target) {
        return new PersonalBlock(
                record,
                new byte[16],
                "192.0.2.7",
                "Browser 1.0",
                "GET",
                target,
                List.of("Accept: */*"),
                new byte[0]);
    }
}
