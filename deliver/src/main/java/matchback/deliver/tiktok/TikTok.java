package matchback.deliver.tiktok;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import matchback.deliver.platform.Batch;
import matchback.deliver.platform.Entry;
import matchback.deliver.platform.Envelope;
import matchback.deliver.platform.Json;
import matchback.deliver.platform.Mapping;
import matchback.deliver.platform.Normalisers;
import matchback.deliver.platform.Platform;
import matchback.deliver.platform.Rule;
import matchback.deliver.platform.Telling;
import matchback.model.Field;

/// TikTok Events API 2.0 as data: what is told, and how
/// (business-api.tiktok.com/portal/docs/report-app-web-offline-or-crm-events/v1.3, looked at on
/// 2026-11-23). What could not be confirmed there is a setting, or stands in
/// docs/adapters/tiktok.md.
public final class TikTok {
    private static final String NAME = "TikTok";
    private static final int BATCH_MAX = 1_000;

    /// Events that TikTok refuses without an amount and its currency.
    private static final Set<String> WITH_AMOUNT =
            Set.of("CompletePayment", "Purchase", "PlaceAnOrder");

    private static final Mapping<Telling> EVENT =
            new Mapping<>(
                    List.of(
                            Entry.text("event", Telling::eventName),
                            Entry.seconds("event_time", Telling::happenedAt),
                            Entry.text("event_id", Telling::eventId),
                            Entry.node(
                                    "limited_data_use",
                                    telling ->
                                            telling.isLimited()
                                                    ? Optional.of(Json.nodes().booleanNode(true))
                                                    : Optional.empty()),
                            person("user.email", telling -> email(telling)),
                            person("user.phone", telling -> phone(telling)),
                            person("user.external_id", telling -> externalUser(telling)),
                            Entry.plain("user.ttclid", TikTok::clickId),
                            person("user.ttp", telling -> telling.user(Field.TTP)),
                            person("user.ip", Telling::address),
                            person("user.user_agent", Telling::userAgent),
                            Entry.text("page.url", Telling::page),
                            Entry.number("properties.value", Telling::amount),
                            Entry.text(
                                    "properties.currency",
                                    telling ->
                                            telling.amount().isPresent() ? telling.currency() : ""),
                            Entry.text(
                                    "properties.order_id",
                                    telling -> telling.shipment().value("txid"))));

    public static final Platform PLATFORM =
            new Platform(
                    TikTokSettings.TYPE,
                    BATCH_MAX,
                    List.of(
                            TikTok::testWithoutCode,
                            Rule.momentsOfTheType(NAME),
                            Rule.youngerThan(TikTok::ageMax, NAME),
                            TikTok::withoutConsent,
                            TikTok::withoutAmount,
                            TikTok::withoutIdentifier),
                    EVENT,
                    new Envelope(
                            connection -> connection.setting(TikTokSettings.ENDPOINT),
                            connection ->
                                    Map.of(
                                            "Access-Token",
                                            connection.secret(TikTokSettings.ACCESS_TOKEN)),
                            "data",
                            new Mapping<>(
                                    List.of(
                                            Entry.text(
                                                    "event_source",
                                                    c -> c.setting(TikTokSettings.EVENT_SOURCE)),
                                            Entry.text(
                                                    "event_source_id",
                                                    c -> c.setting(TikTokSettings.PIXEL_CODE)),
                                            Entry.text("test_event_code", TikTok::testCode)))),
                    TikTokAnswers::judge);

    private TikTok() {}

    /// With a code nothing counts, so what really happened goes without.
    private static String testCode(Batch batch) {
        boolean isTest = batch.parcels().stream().anyMatch(parcel -> parcel.shipment().isTest());
        return isTest ? batch.setting(TikTokSettings.TEST_EVENT_CODE) : "";
    }

    private static Optional<String> testWithoutCode(Telling telling) {
        return telling.shipment().isTest()
                        && telling.setting(TikTokSettings.TEST_EVENT_CODE).isEmpty()
                ? Optional.of(
                        "Set test-event-code first (TikTok Events Manager, Test Events): without it"
                                + " the test would count as a conversion")
                : Optional.empty();
    }

    /// What says who the person is, left out when the person refused.
    private static Entry<Telling> person(
            String path, java.util.function.Function<Telling, String> value) {
        return Entry.plain(path, telling -> isRefused(telling) ? "" : value.apply(telling));
    }

    private static boolean isRefused(Telling telling) {
        return telling.isDenied(Field.AD_USER_DATA);
    }

    private static String email(Telling telling) {
        return Entry.hash(telling, Field.EMAIL, Normalisers::email);
    }

    private static String phone(Telling telling) {
        return Entry.hash(telling, Field.PHONE, Normalisers::phoneE164);
    }

    private static String externalUser(Telling telling) {
        return Entry.hash(telling, Field.EXTERNAL_USER, (raw, _) -> Optional.of(raw.strip()));
    }

    /// The click id that TikTok hung on the tracking link, or put where its macro stood.
    private static String clickId(Telling telling) {
        return telling.clickId(telling.setting(TikTokSettings.CLICK_ID_PARAMETER));
    }

    private static Duration ageMax(Telling telling) {
        return Duration.ofDays(Long.parseLong(telling.setting(TikTokSettings.MAX_AGE_DAYS)));
    }

    private static Optional<String> withoutConsent(Telling telling) {
        boolean isWithheld =
                telling.setting(TikTokSettings.WITHOUT_CONSENT).equals(TikTokSettings.WITHHOLD);
        return isWithheld ? Rule.unlessDenied(NAME).objection(telling) : Optional.empty();
    }

    private static Optional<String> withoutAmount(Telling telling) {
        var event = telling.eventName();
        if (!WITH_AMOUNT.contains(event)) {
            return Optional.empty();
        }
        if (telling.amount().isEmpty()) {
            return Optional.of(
                    "TikTok takes no %s without an amount: let the destination hear payout or value"
                                    .formatted(event)
                            + ", or give the event type another event name");
        }
        return telling.currency().isEmpty()
                ? Optional.of(
                        "TikTok takes no %s without a currency: let the report, its sender or its"
                                        .formatted(event)
                                + " offer name one")
                : Optional.empty();
    }

    private static Optional<String> withoutIdentifier(Telling telling) {
        boolean isKnown = Stream.of(clickId(telling)).anyMatch(text -> !text.isEmpty());
        if (!isKnown && !isRefused(telling)) {
            isKnown =
                    Stream.of(
                                    email(telling),
                                    phone(telling),
                                    externalUser(telling),
                                    telling.user(Field.TTP),
                                    telling.address())
                            .anyMatch(text -> !text.isEmpty());
        }
        return isKnown
                ? Optional.empty()
                : Optional.of(
                        "TikTok could not match it: no ttclid, email, phone, external id, ttp or"
                                + " address is known. Keep ttclid in the tracking link, or let the"
                                + " report carry email or phone");
    }
}
