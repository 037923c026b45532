package matchback.deliver.google;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import matchback.deliver.platform.Connection;
import matchback.deliver.platform.Entry;
import matchback.deliver.platform.Json;
import matchback.deliver.platform.Mapping;
import matchback.deliver.platform.Rule;
import matchback.deliver.platform.Telling;
import matchback.ledger.PersonalBlock;
import matchback.model.Field;
import matchback.model.PlatformClickId;
import matchback.model.catalog.Destination.Moment;

/// A conversion as an event of the Data Manager API
/// ([fields](https://github.com/googleapis/googleapis/blob/master/google/ads/datamanager/v1/event.proto)),
/// and what it must have before it is worth sending.
final class Events {
    static final String REFERENCES = "destinationReferences";

    /// Of these one is sent: the first that the visitor came with.
    private static final List<String> CLICK_IDS =
            Stream.of(PlatformClickId.GCLID, PlatformClickId.GBRAID, PlatformClickId.WBRAID)
                    .map(PlatformClickId::parameter)
                    .toList();

    static final Mapping<Telling> MAPPING =
            new Mapping<Telling>(
                    List.of(
                            Entry.node(REFERENCES, telling -> Optional.of(references(telling))),
                            Entry.text("transactionId", Events::transactionId),
                            Entry.iso("eventTimestamp", Telling::happenedAt),
                            Entry.node("lastUpdatedTimestamp", Events::changedAt),
                            clickId("gclid"),
                            clickId("gbraid"),
                            clickId("wbraid"),
                            device(
                                    "adIdentifiers.landingPageDeviceInfo.userAgent",
                                    telling -> ofVisitor(telling, PersonalBlock::userAgent)),
                            device(
                                    "adIdentifiers.landingPageDeviceInfo.ipAddress",
                                    telling -> address(ofVisitor(telling, PersonalBlock::address))),
                            Entry.<Telling>node("userData.userIdentifiers", Events::identifiers)
                                    .personal(),
                            Entry.text(
                                    "currency",
                                    telling ->
                                            telling.amount().isEmpty() ? "" : telling.currency()),
                            Entry.number("conversionValue", Telling::amount),
                            Entry.text(
                                    "eventSource", telling -> telling.setting(Form.EVENT_SOURCE)),
                            device(
                                    "eventDeviceInfo.userAgent",
                                    telling -> telling.user(Field.USER_AGENT)),
                            device(
                                    "eventDeviceInfo.ipAddress",
                                    telling -> address(telling.user(Field.USER_ADDRESS))),
                            Entry.text("consent.adUserData", telling -> word(adUserData(telling))),
                            Entry.text(
                                    "consent.adPersonalization",
                                    telling -> word(adPersonalization(telling)))));

    static final List<Rule> RULES =
            List.of(
                    Rule.momentsOfTheType("Google"),
                    Events::denial,
                    Events::nothingToMatch,
                    Events::age);

    private Events() {}

    /// The conversion action that is told; it doubles as the destination's reference in a request.
    static String action(Telling telling) {
        return action(telling.connection(), telling.eventType());
    }

    private static String action(Connection connection, String eventType) {
        return Optional.ofNullable(connection.destination().eventNames().get(eventType))
                .map(String::strip)
                .filter(named -> !named.isEmpty())
                .orElseGet(() -> connection.setting(Form.CONVERSION_ACTION_ID));
    }

    private static JsonNode references(Telling telling) {
        return Json.nodes().arrayNode().add(action(telling));
    }

    /// The same for every moment of a conversion, so that telling it again restates it.
    private static String transactionId(Telling telling) {
        var txid = telling.shipment().value("txid");
        return telling.setting(Form.TRANSACTION_ID).equals(Form.TXID) && !txid.isBlank()
                ? txid
                : telling.eventId();
    }

    private static Optional<JsonNode> changedAt(Telling telling) {
        var delivery = telling.shipment().delivery();
        return delivery.moment() == Moment.CHANGED
                ? Optional.of(
                        Json.nodes()
                                .textNode(Instant.ofEpochMilli(delivery.createdAt()).toString()))
                : Optional.empty();
    }

    private static Entry<Telling> clickId(String name) {
        return Entry.<Telling>text(
                        "adIdentifiers." + name,
                        telling ->
                                clickIdName(telling).filter(name::equals).isPresent()
                                        ? telling.clickId(name)
                                        : "")
                .personal();
    }

    private static Optional<String> clickIdName(Telling telling) {
        return CLICK_IDS.stream().filter(name -> !telling.clickId(name).isBlank()).findFirst();
    }

    private static Entry<Telling> device(
            String path, java.util.function.Function<Telling, String> value) {
        return Entry.<Telling>text(
                        path,
                        telling ->
                                telling.connection().isOn(Form.DEVICE_INFO)
                                        ? value.apply(telling)
                                        : "")
                .personal();
    }

    /// Of the landing page something is told only beside a click id.
    private static String ofVisitor(
            Telling telling, java.util.function.Function<PersonalBlock, String> part) {
        return clickIdName(telling).isPresent()
                ? telling.shipment().visitor().map(part).orElse("")
                : "";
    }

    private static String address(String text) {
        return Telling.isAddress(text) ? text : "";
    }

    private static Optional<JsonNode> identifiers(Telling telling) {
        var all = Json.nodes().arrayNode();
        var email = Entry.hash(telling, Field.EMAIL, Normal::email);
        if (!email.isEmpty()) {
            all.addObject().put("emailAddress", email);
        }
        var phone = Entry.hash(telling, Field.PHONE, Normal::phone);
        if (!phone.isEmpty()) {
            all.addObject().put("phoneNumber", phone);
        }
        var given = Entry.hash(telling, Field.FIRST_NAME, Normal::givenName);
        var family = Entry.hash(telling, Field.LAST_NAME, Normal::familyName);
        var region = Normal.regionCode(telling.country(), "").orElse("");
        var postal = Normal.postalCode(telling.user(Field.ZIP), "").orElse("");
        // An address counts only whole.
        if (!given.isEmpty() && !family.isEmpty() && !region.isEmpty() && !postal.isEmpty()) {
            all.addObject()
                    .putObject("address")
                    .put("givenName", given)
                    .put("familyName", family)
                    .put("regionCode", region)
                    .put("postalCode", postal);
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    private static String adUserData(Telling telling) {
        return consent(telling, Field.AD_USER_DATA, Form.CONSENT_AD_USER_DATA);
    }

    /// Whose data may be used within limits only gets no personal ads.
    private static String adPersonalization(Telling telling) {
        return telling.isLimited()
                ? Form.DENIED
                : consent(telling, Field.AD_PERSONALIZATION, Form.CONSENT_AD_PERSONALIZATION);
    }

    /// What the person said, else what the operator says for all.
    private static String consent(Telling telling, Field field, String setting) {
        if (telling.isDenied(field)) {
            return Form.DENIED;
        }
        return telling.isGranted(field) ? Form.GRANTED : telling.setting(setting);
    }

    private static String word(String consent) {
        return switch (consent) {
            case Form.GRANTED -> "CONSENT_GRANTED";
            case Form.DENIED -> "CONSENT_DENIED";
            default -> "";
        };
    }

    private static Optional<String> denial(Telling telling) {
        return adUserData(telling).equals(Form.DENIED)
                ? Optional.of(
                        "The use of the person's data for ads is denied (ad_user_data), so Google"
                                + " is not told")
                : Optional.empty();
    }

    private static Optional<String> nothingToMatch(Telling telling) {
        return clickIdName(telling).isEmpty() && identifiers(telling).isEmpty()
                ? Optional.of(
                        "There is nothing Google could match: the tracking link had no gclid,"
                                + " gbraid or wbraid, the report no e-mail address, phone number"
                                + " with country code or full address")
                : Optional.empty();
    }

    private static Optional<String> age(Telling telling) {
        var setting = clickIdName(telling).isPresent() ? Form.CLICK_DAYS_MAX : Form.PERSON_DAYS_MAX;
        var limit = Duration.ofDays(Long.parseLong(telling.setting(setting)));
        var from = telling.clickedAt().orElseGet(telling::happenedAt);
        return Duration.between(from, telling.now()).compareTo(limit) > 0
                ? Optional.of(
                        "The click is older than the %d days for which Google takes conversions (%s)"
                                .formatted(limit.toDays(), setting))
                : Optional.empty();
    }
}
