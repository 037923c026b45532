package matchback.deliver;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.ledger.PersonalBlock;
import matchback.ledger.state.ClickState;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.model.Feed;
import matchback.model.Field;
import matchback.model.Macros;
import matchback.model.Money;
import matchback.model.PlatformClickId;
import matchback.model.RecordId;
import matchback.model.Status;
import matchback.model.Subject;
import matchback.model.catalog.Destination.Moment;

/// A conversion that never was, to try a destination with: everything about it is made up, and it
/// says `test` wherever it can. Addresses and names are those kept for examples (RFC 2606, RFC
/// 5737).
final class Sample {
    private static final Duration AGE = Duration.ofMinutes(10);
    private static final String CLICK_ID = "TEST0000000000000000000000000000";
    private static final String TXID = "test-transaction";

    private static final String USER_AGENT =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " Chrome/140.0.0.0 Safari/537.36";

    private Sample() {}

    /// @param id of the report; its text is the conversion's id and the event id
    static Shipment shipment(RecordId id, String destination, Instant now) {
        long at = now.toEpochMilli();
        long clickedAt = now.minus(AGE).toEpochMilli();
        return new Shipment(
                new Subject(CLICK_ID),
                delivery(id, destination, clickedAt, at),
                Optional.of(click(id, clickedAt)),
                Optional.of(conversion(id, at)),
                Optional.of(visitor(id)),
                Optional.of(report(id)),
                true);
    }

    private static DeliveryState delivery(
            RecordId id, String destination, long clickedAt, long at) {
        var values = new HashMap<String, String>();
        Macros.CONVERSION.forEach(
                macro -> values.put(macro, macro.startsWith("sub") ? "" : "test"));
        values.put("clickid", CLICK_ID);
        values.put("cost", "0.25");
        values.put("payout", "1.00");
        values.put("currency", "USD");
        values.put("value", "2.00");
        values.put("txid", TXID);
        values.put("event", "sale");
        values.put("status", "approved");
        values.put("event_id", id.toString());
        values.put("conversion_id", id.toString());
        values.put("click_time", Long.toString(clickedAt / 1000));
        values.put("conversion_time", Long.toString(at / 1000));
        return new DeliveryState(
                1,
                1,
                id.toString(),
                destination,
                id,
                id.toString(),
                values,
                at,
                Progress.WAITING,
                at,
                0,
                List.of(),
                Moment.APPROVED);
    }

    private static ClickState click(RecordId id, long at) {
        return new ClickState(
                id,
                at,
                "test",
                "test",
                "test",
                "",
                "test",
                "test",
                Map.of(),
                Map.of("country", "US"),
                250_000,
                true,
                "",
                false,
                true,
                at + Duration.ofDays(30).toMillis(),
                0);
    }

    private static ConversionState conversion(RecordId id, long at) {
        return new ConversionState(
                1,
                id,
                "sale",
                TXID,
                Status.APPROVED,
                new Money(1_000_000, "USD"),
                1_000_000,
                new Money(2_000_000, "USD"),
                "",
                List.of(new ConversionState.Leg(Feed.S2S, at)),
                at,
                at,
                null,
                0,
                id.toString(),
                "",
                List.of());
    }

    private static PersonalBlock visitor(RecordId id) {
        var target = new StringBuilder("/c/test?test=1");
        PlatformClickId.parameters()
                .forEach(name ->
                        target.append('&')
                                .append(name)
                                .append("=test-")
                                .append(name.toLowerCase(java.util.Locale.ROOT)));
        return new PersonalBlock(
                id,
                new byte[0],
                "203.0.113.7",
                USER_AGENT,
                "GET",
                target.toString(),
                List.of(),
                new byte[0]);
    }

    private static PersonalBlock report(RecordId id) {
        return new PersonalBlock(
                id,
                new byte[0],
                "203.0.113.8",
                "",
                "POST",
                "/postback?clickid=" + CLICK_ID,
                List.of(),
                "test".getBytes(StandardCharsets.UTF_8),
                Map.of(
                        Field.EMAIL.key(), "test@example.com",
                        Field.PHONE.key(), "+12025550123",
                        Field.FIRST_NAME.key(), "Test",
                        Field.LAST_NAME.key(), "Example",
                        Field.COUNTRY.key(), "us",
                        Field.PAGE_URL.key(), "https://shop.example/thank-you"));
    }
}
