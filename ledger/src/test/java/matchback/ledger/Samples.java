package matchback.ledger;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.Event.Check;
import matchback.ledger.Event.Checked;
import matchback.ledger.Event.ClickRecorded;
import matchback.ledger.Event.DeliveryAsked;
import matchback.ledger.Event.DeliveryAttempted;
import matchback.ledger.Event.Edited;
import matchback.ledger.Event.LanderClicked;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Event.Redecided;
import matchback.ledger.Event.Reviewed;
import matchback.ledger.Event.Settled;
import matchback.ledger.Event.Wish;
import matchback.ledger.catalog.CatalogChange;
import matchback.model.Feed;
import matchback.model.Params;
import matchback.model.Params.Param;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.Status;
import matchback.model.Subject;
import matchback.model.apple.ApplePostback.Coarse;
import matchback.model.catalog.AppleApp;
import matchback.model.catalog.AppleSource;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Campaign.CostModel;
import matchback.model.catalog.Campaign.WeightedOffer;
import matchback.model.catalog.Condition;
import matchback.model.catalog.ConversionCap;
import matchback.model.catalog.Destination;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.DuplicateRule;
import matchback.model.catalog.Entity;
import matchback.model.catalog.ExchangeRate;
import matchback.model.catalog.Lander;
import matchback.model.catalog.Offer;
import matchback.model.catalog.OldTracker;
import matchback.model.catalog.PayoutRule;
import matchback.model.catalog.PayoutRule.Kind;
import matchback.model.catalog.ReviewRule;
import matchback.model.catalog.RoutePath;
import matchback.model.catalog.RoutePath.WeightedLander;
import matchback.model.catalog.Routing;
import matchback.model.catalog.SecretPath;
import matchback.model.catalog.Sender;
import matchback.model.catalog.SignatureRule;
import matchback.model.catalog.TrafficSource;
import matchback.model.signature.Evidence;
import matchback.model.signature.SignatureScheme;
import org.jspecify.annotations.Nullable;

/// One record of each kind with every field filled, and one with every field empty.
final class Samples {
    private static final int FIRST_TAG_MAX = 42;
    private static final int SUB_TAG_MIN = 101;
    static final RecordId ID = new RecordId(0x01A0_C2E1_8400_BEEFL, 0xFEDC_BA98_7654_3210L);
    static final RecordId ZERO = new RecordId(0, 0);
    static final Subject CLICK = new Subject("06HC5RC40000G0000800000012345678");
    static final Subject TRANSACTION = new Subject("tx:network:Ünï-1");
    static final long AT = 1_790_000_000_123L;

    private Samples() {}

    static Map<String, Event> events() {
        var events = new LinkedHashMap<String, Event>();
        events.put("click-full", fullClick());
        events.put("click-empty", emptyClick());
        events.put("postback-full", fullPostback());
        events.put("postback-empty", emptyPostback());
        events.put("postback-signed", signedPostback());
        events.put("click-test", testClick());
        events.put("postback-test", testPostback());
        events.put("check-full", new Check(ID, AT, 7, TRANSACTION, CLICK));
        events.put("check-empty", new Check(ZERO, 0, 0, new Subject("a"), new Subject("b")));
        events.put("checked-full", new Checked(ID, AT, 7, CLICK, TRANSACTION, CLICK));
        events.put(
                "checked-empty",
                new Checked(ZERO, 0, 0, new Subject("a"), new Subject("b"), new Subject("c")));
        events.put("attempt-full", fullAttempt());
        events.put(
                "attempt-empty",
                new DeliveryAttempted(
                        ZERO,
                        0,
                        0,
                        new Subject("a"),
                        0,
                        0,
                        AttemptResult.DELIVERED,
                        "",
                        0,
                        "",
                        0,
                        0));
        events.put(
                "reviewed-full",
                new Reviewed(
                        ID,
                        AT,
                        7,
                        CLICK,
                        new RecordId(3, -4),
                        Verdict.APPROVE,
                        "console",
                        "said so ✓",
                        new Correction(Status.APPROVED, "deposit", 0L, "EUR", "A1")));
        events.put(
                "reviewed-empty",
                new Reviewed(
                        ZERO,
                        0,
                        0,
                        new Subject("a"),
                        ZERO,
                        Verdict.REJECT,
                        "",
                        "",
                        Correction.NONE));
        events.putAll(replays());
        asked(events);
        edited(events);
        return events;
    }

    private static void asked(Map<String, Event> events) {
        BrowserSamples.addEventsTo(events);
        events.put(
                "delivery-asked-full",
                new DeliveryAsked(ID, AT, 7, CLICK, Wish.TELL, 3, "meta:fb-main", "token:admin"));
        events.put(
                "delivery-asked-empty",
                new DeliveryAsked(ZERO, 0, 0, new Subject("a"), Wish.RESEND, 0, "", ""));
        events.put("lander-click-full", new LanderClicked(ID, AT, 7, CLICK, 2, "casino"));
        events.put("lander-click-empty", new LanderClicked(ZERO, 0, 0, new Subject("a"), 0, ""));
    }

    private static Map<String, Event> replays() {
        var events = new LinkedHashMap<String, Event>();
        events.put("redecided-full", fullRedecided());
        events.put(
                "redecided-empty",
                new Redecided(
                        ZERO,
                        0,
                        0,
                        new Subject("a"),
                        ZERO,
                        "",
                        "",
                        false,
                        0,
                        0,
                        List.of(),
                        Map.of(),
                        Map.of(),
                        List.of()));
        events.put(
                "settled-full",
                new Settled(
                        ID,
                        AT,
                        7,
                        TRANSACTION,
                        ZERO,
                        CLICK,
                        CLICK,
                        List.of(ID),
                        List.of(ZERO, new RecordId(1, 2))));
        events.put(
                "settled-empty",
                new Settled(ZERO, 0, 0, new Subject("a"), ZERO, null, null, List.of(), List.of()));
        return events;
    }

    private static Redecided fullRedecided() {
        var word =
                new Reviewed(
                        ID, AT, 7, CLICK, ZERO, Verdict.REJECT, "console", "", Correction.NONE);
        return new Redecided(
                ID,
                AT,
                7,
                CLICK,
                new RecordId(5, -6),
                "token:admin",
                "the mapping was wrong ✓",
                true,
                9,
                11,
                List.of(
                        new Input(emptyPostback(), 63, 77, Reason.UNKNOWN_STATUS),
                        new Input(word, 0, 0, null)),
                Map.of(new RecordId(1, 2), new Subject("b"), new RecordId(1, -2), CLICK),
                Map.of(TRANSACTION, CLICK, new Subject("tx:network:2"), new Subject("c")),
                List.of(new RecordId(8, -9)));
    }

    private static void edited(Map<String, Event> events) {
        ValidationSamples.addEventsTo(events);
        CostSamples.addEventsTo(events);
        events.put(
                "edited-full",
                new Edited(
                        ID,
                        AT,
                        7,
                        CLICK,
                        new RecordId(3, -4),
                        "console",
                        "said so ✓",
                        new Correction(Status.REJECTED, "deposit", 0L, "EUR", "A1"),
                        0L));
        events.put(
                "edited-empty",
                new Edited(ZERO, 0, 0, new Subject("a"), ZERO, "", "", Correction.NONE, null));
    }

    private static ClickRecorded fullClick() {
        var subs = new LinkedHashMap<String, String>();
        for (int i = 20; i >= 1; i--) {
            subs.put("sub" + i, "value " + i + " ✓");
        }
        return new ClickRecorded(
                ID,
                AT,
                7,
                CLICK,
                "summer",
                "propeller",
                "casino",
                "ext/1",
                "banner 4",
                12_345_678,
                "EUR",
                13_580_246,
                subs,
                Map.of("country", "UA", "device", "phone", "os", "Android"),
                true,
                "curl",
                true,
                hash());
    }

    private static ClickRecorded testClick() {
        return new ClickRecorded(
                ID, AT, 7, CLICK, "summer", "", "casino", "", "", -1, "", -1, Map.of(), Map.of(),
                true, "", false, hash(), true);
    }

    private static PostbackReceived testPostback() {
        return new PostbackReceived(
                ID,
                AT,
                7,
                CLICK,
                Feed.S2S,
                "network",
                CLICK.text(),
                "clickid",
                "",
                null,
                "",
                Params.EMPTY,
                List.of(),
                List.of(),
                hash(),
                List.of(),
                true);
    }

    private static ClickRecorded emptyClick() {
        return new ClickRecorded(
                ZERO,
                0,
                0,
                new Subject("a"),
                "",
                "",
                "",
                "",
                "",
                -1,
                "",
                -1,
                Map.of(),
                Map.of(),
                false,
                "",
                false,
                new byte[0]);
    }

    private static PostbackReceived fullPostback() {
        return new PostbackReceived(
                ID,
                AT,
                7,
                CLICK,
                Feed.MMP,
                "network",
                CLICK.text(),
                "cid",
                "{cut}",
                Reason.MALFORMED_REQUEST,
                "payout is there twice with different values",
                new Params(
                        List.of(
                                new Param("payout", "12,,5x", true),
                                new Param("payout", "", true),
                                new Param("txid", "A\uFFFD1", false))),
                List.of("0123456789abcdef0123456789abcdef", "f"),
                List.of("other", "third"),
                hash());
    }

    private static PostbackReceived emptyPostback() {
        return new PostbackReceived(
                ZERO,
                0,
                0,
                new Subject("a"),
                Feed.S2S,
                "",
                "",
                "",
                "",
                null,
                "",
                Params.EMPTY,
                List.of(),
                List.of(),
                new byte[0]);
    }

    private static PostbackReceived signedPostback() {
        return new PostbackReceived(
                ID,
                AT,
                7,
                CLICK,
                Feed.S2S,
                "network",
                CLICK.text(),
                "clickid",
                "",
                null,
                "",
                Params.EMPTY,
                List.of(),
                List.of(),
                hash(),
                List.of(
                        new Evidence.Verified("network", "k1", AT - 1000, "00ff"),
                        new Evidence.Verified("other", "k2", 0, "01"),
                        new Evidence.Failed("", "the signature fits no key")));
    }

    private static DeliveryAttempted fullAttempt() {
        return new DeliveryAttempted(
                ID,
                AT,
                7,
                CLICK,
                3,
                10,
                AttemptResult.RETRY,
                "https://source.example/postback?id=ext%2F1",
                503,
                "busy",
                1234,
                AT + 5000);
    }

    private static byte[] hash() {
        var hash = new byte[32];
        for (int i = 0; i < hash.length; i++) {
            hash[i] = (byte) (i * 7);
        }
        return hash;
    }

    static PersonalBlock fullBlock() {
        return new PersonalBlock(
                ID,
                new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, (byte) 0xFF},
                "2001:db8::7",
                "Mozilla/5.0 (✓)",
                "POST",
                "/postback/network?clickid=x&email=a%40b.example",
                List.of("content-type: application/json", "x-empty:"),
                new byte[] {'{', 0, (byte) 0xFF, '}'});
    }

    /// A block that says something of a person beyond the request.
    static PersonalBlock personBlock() {
        return new PersonalBlock(
                ID,
                new byte[] {1, 2},
                "192.0.2.7",
                "",
                "POST",
                "/postback",
                List.of(),
                new byte[0],
                Map.of("email", "a@b.example", "phone", "+49 30 901820"));
    }

    static PersonalBlock emptyBlock() {
        return new PersonalBlock(ZERO, new byte[0], "", "", "", "", List.of(), new byte[0]);
    }

    /// A conversion that an Apple device reported.
    static List<Fact> appleFacts() {
        return List.of(
                new Fact.Builder()
                        .text(Column.APP, "525463029")
                        .text(Column.SOURCE_IDENTIFIER, "0039")
                        .text(Column.CONVERSION_WINDOW, "1")
                        .text(Column.ATTRIBUTION, "won")
                        .text(Column.CONVERSION_VALUE, "63")
                        .text(Column.INTERACTION, "click")
                        .text(Column.PUBLISHER, "example.com")
                        .build(Fact.Kind.CONVERSION, ID, 1, 2, AT));
    }

    /// As a fact was before the column was.
    private static Fact without(Column column, Fact fact) {
        var texts = new HashMap<>(fact.texts());
        texts.remove(column);
        return new Fact(
                fact.kind(),
                fact.recordId(),
                fact.index(),
                fact.version(),
                fact.at(),
                texts,
                fact.numbers());
    }

    /// All that is known of a visitor.
    static Fact visitorFact() {
        var fact = new Fact.Builder();
        for (var column :
                List.of(
                        Column.OS_VERSION,
                        Column.BROWSER_VERSION,
                        Column.IN_APP,
                        Column.BOT,
                        Column.ASN)) {
            fact.text(column, column.word());
        }
        return fact.build(Fact.Kind.CLICK, ID, 0, 1, AT);
    }

    /// A fact with a value in each of the first columns, one with none, and one with zeros.
    static List<Fact> facts() {
        var full = new Fact.Builder();
        long number = -5_000_000;
        for (var column : Column.values()) {
            if (column.tag() > FIRST_TAG_MAX && column.tag() < SUB_TAG_MIN) {
                // Added later, with records of its own.
                continue;
            }
            if (column.type() == Column.Type.TEXT) {
                full.text(column, "value of " + column.word());
            } else {
                full.number(column, number += 1_250_000);
            }
        }
        var facts = new ArrayList<Fact>();
        facts.add(full.build(Fact.Kind.CONVERSION, ID, 3, 42, AT));
        facts.add(new Fact.Builder().build(Fact.Kind.POSTBACK, ZERO, 0, 0, 0));
        facts.add(
                new Fact.Builder()
                        .number(Column.REVENUE, 0)
                        .number(Column.IS_BOT, 0)
                        .build(Fact.Kind.REVERSAL, ID, 1, 2, AT));
        facts.add(new Fact.Builder().build(Fact.Kind.DELIVERY, ID, 2, 1, AT));
        facts.add(without(Column.BOT, Fact.ofClick(fullClick())));
        return facts;
    }

    static Map<String, CatalogChange> catalogChanges() {
        var changes = new LinkedHashMap<String, CatalogChange>();
        changes.put("traffic-source", change(source()));
        changes.put(
                "traffic-source-template",
                change(new TrafficSource("push", "Push", Map.of(), null, false, "propellerads")));
        putSenders(changes);
        changes.put("offer", change(offer()));
        changes.put(
                "offer-limits",
                change(offer().with(new ConversionCap(50, "deposit"), Map.of("rebill", 365))));
        changes.put("campaign", change(campaign()));
        changes.put("campaign-paths", change(campaign().withRouting(routing())));
        changes.put("lander", change(lander()));
        changes.put("user", change(PeopleSamples.user()));
        changes.put("token", change(PeopleSamples.token()));
        changes.put("offer-clicks", change(offer().withClicksPerDay(500)));
        changes.put(
                "campaign-links",
                change(campaign().withOldLinks(List.of("/summer-2025", "/click.php?key=a1"))));
        changes.put(
                "exchange-rate", change(new ExchangeRate("EUR", new BigDecimal("1.1050"), false)));
        CostSamples.addTo(changes);
        changes.put("destination", change(destination()));
        changes.put(
                "old-tracker",
                change(
                        new OldTracker(
                                "before",
                                "The one before",
                                "https://old.example/postback",
                                "2026-12-31",
                                List.of("net"),
                                false)));
        changes.put("destination-empty", change(emptyDestination()));
        putApple(changes);
        BrowserSamples.addTo(changes);
        ValidationSamples.addTo(changes);
        return changes;
    }

    private static void putApple(Map<String, CatalogChange> changes) {
        changes.put("apple-app", change(appleApp()));
        changes.put(
                "apple-app-empty",
                change(
                        new AppleApp(
                                "0",
                                "Builds made by Xcode",
                                List.of(),
                                null,
                                List.of(),
                                null,
                                true,
                                List.of(),
                                true)));
    }

    private static void putSenders(Map<String, CatalogChange> changes) {
        changes.put("sender", change(fullSender()));
        changes.put("sender-template", change(templateSender("everflow", null)));
        changes.put("sender-partner", change(templateSender("appsflyer", Feed.MMP)));
        changes.put("sender-ruled", change(ruledSender()));
        changes.put(
                "sender-reviews",
                change(
                        emptySender()
                                .with(
                                        List.of(
                                                new ReviewRule("bot_click", 24, true),
                                                new ReviewRule("no_rate", 720, false)))));
        changes.put("sender-path", change(pathSender()));
        changes.put("sender-empty", new CatalogChange(0, "", emptySender()));
        changes.put("sender-signed", change(signedSender()));
    }

    private static AppleApp appleApp() {
        return new AppleApp(
                "525463029",
                "Game",
                List.of(
                        new AppleSource(null, "5239", "summer"),
                        new AppleSource("example123.skadnetwork", "07", "winter")),
                "rest",
                List.of(
                        new AppleApp.Value(null, 0, 9, null, "install", 0),
                        new AppleApp.Value(2, null, null, Coarse.HIGH, "purchase", 4_990_000)),
                "EUR",
                false,
                List.of("https://mmp.example/skan"),
                false);
    }

    static CatalogChange change(Entity entity) {
        return new CatalogChange(AT, "token:admin", entity);
    }

    private static TrafficSource source() {
        return new TrafficSource(
                "propeller",
                "Propeller \"Ads\"",
                Map.of("externalId", "visitor_id", "cost", "cost"),
                "https://source.example/?id={externalid}",
                false);
    }

    private static Sender fullSender() {
        return new Sender(
                "network",
                "Network",
                Map.of("payout", "sum", "txid", "tid"),
                Map.of("trash", "ignore", "ftd", "event:deposit"),
                Map.of("reg", "registration"),
                "EUR",
                500_000_000L,
                "Europe/Kyiv",
                new Sender.Security(List.of("0f"), List.of("192.0.2.0/24")),
                new Sender.Answer(true, "OK"),
                false);
    }

    private static Sender templateSender(String template, @Nullable Feed feed) {
        return new Sender(
                "network",
                "Network",
                Map.of(),
                Map.of(),
                Map.of(),
                null,
                null,
                null,
                Sender.Security.OPEN,
                Sender.Answer.PLAIN,
                false,
                template,
                null,
                null,
                null,
                feed,
                null);
    }

    private static Sender pathSender() {
        return new Sender(
                "path",
                "Path",
                Map.of(),
                Map.of(),
                Map.of(),
                null,
                null,
                null,
                new Sender.Security(
                        List.of(),
                        List.of(),
                        null,
                        new SecretPath(
                                List.of(
                                        new SecretPath.Key("0f", 1, AT),
                                        new SecretPath.Key("1f", AT, null)))),
                Sender.Answer.PLAIN,
                false);
    }

    private static Sender ruledSender() {
        return templateSender("everflow", null)
                .with(new PayoutRule(Kind.SHARE_OF_VALUE, 12_500_000), DuplicateRule.EVENT_ID);
    }

    private static Sender signedSender() {
        return new Sender(
                "signed",
                "Signed",
                Map.of(),
                Map.of(),
                Map.of(),
                null,
                null,
                null,
                new Sender.Security(
                        List.of(),
                        List.of(),
                        new SignatureRule(
                                300,
                                List.of(
                                        new SignatureRule.Key(
                                                "k1", SignatureScheme.GITHUB, "c2VhbGVk", 1, AT),
                                        new SignatureRule.Key(
                                                "k2",
                                                SignatureScheme.QUERY_HMAC,
                                                "c2VhbGVk",
                                                AT,
                                                null)))),
                Sender.Answer.PLAIN,
                false);
    }

    static Sender emptySender() {
        return new Sender(
                "s",
                "",
                Map.of(),
                Map.of(),
                Map.of(),
                null,
                null,
                null,
                Sender.Security.OPEN,
                Sender.Answer.PLAIN,
                true);
    }

    private static Destination destination() {
        return new Destination(
                "fb-main",
                "Facebook \"main\"",
                "meta",
                Map.of("pixelId", "123", "apiVersion", "v24.0"),
                Map.of("accessToken", "c2VhbGVk"),
                new Destination.Scope(List.of("summer"), List.of("propeller"), List.of("casino")),
                new Destination.Conditions(List.of("sale", "deposit"), 1_500_000, 50, 3_600),
                Set.of(Moment.REVERSED, Moment.PENDING, Moment.APPROVED),
                new Destination.Sum(Destination.Sum.Of.VALUE, 70),
                Map.of("deposit", "Purchase", "registration", "Lead"),
                new Destination.Pace(4, 100),
                true,
                false);
    }

    static Destination emptyDestination() {
        return new Destination(
                "hook",
                "",
                "webhook",
                Map.of(),
                Map.of(),
                Destination.Scope.ALL,
                Destination.Conditions.NONE,
                Set.of(),
                Destination.Sum.PAYOUT,
                Map.of(),
                Destination.Pace.DEFAULT,
                false,
                true);
    }

    private static Offer offer() {
        return new Offer(
                "casino",
                "Casino",
                "https://offer.example/?s1={sub1}",
                "network",
                10_000_000L,
                "USD",
                "clickid",
                30,
                false);
    }

    private static Lander lander() {
        return new Lander("quiz", "Quiz", "https://l.example/{sub1}", "cid", false);
    }

    private static Routing routing() {
        var rules =
                List.of(
                        new Condition("country", false, List.of("DE", "AT")),
                        new Condition("device", true, List.of("bot*")));
        return new Routing(
                List.of(
                        new RoutePath(
                                "Tier 1",
                                0,
                                true,
                                rules,
                                List.of(new WeightedLander("quiz", 2), new WeightedLander("", 1)),
                                List.of(new WeightedOffer("casino", 70)),
                                1_000),
                        new RoutePath(
                                "Rest",
                                5,
                                false,
                                List.of(),
                                List.of(),
                                List.of(new WeightedOffer("dating", 1)),
                                null)),
                14,
                Routing.Referrer.DOUBLE,
                "go.example.com");
    }

    private static Campaign campaign() {
        return new Campaign(
                "summer",
                17,
                "Summer",
                "propeller",
                List.of(new WeightedOffer("casino", 70), new WeightedOffer("dating", 30)),
                CostModel.CPM,
                2_500_000L,
                "USD",
                "https://fallback.example/",
                true,
                true,
                303,
                false);
    }
}
