package matchback.deliver.meta;

import static matchback.deliver.platform.Entry.hashed;
import static matchback.deliver.platform.Entry.plain;
import static matchback.deliver.platform.Entry.text;

import java.util.List;
import java.util.Map;
import matchback.deliver.platform.Batch;
import matchback.deliver.platform.Connection;
import matchback.deliver.platform.Entry;
import matchback.deliver.platform.Envelope;
import matchback.deliver.platform.Mapping;
import matchback.deliver.platform.Normalisers;
import matchback.deliver.platform.Platform;
import matchback.deliver.platform.Telling;
import matchback.model.Field;

/// The Meta Conversions API as data.
public final class MetaConversions {
    public static final String TYPE = "meta";

    /// https://developers.facebook.com/docs/marketing-api/conversions-api/using-the-api
    private static final int BATCH_MAX = 1_000;

    private static final Mapping<Telling> EVENT =
            new Mapping<>(
                    List.of(
                            text("event_name", Telling::eventName),
                            Entry.seconds("event_time", Telling::happenedAt),
                            text("event_id", Telling::eventId),
                            text(
                                    "action_source",
                                    telling -> telling.setting(MetaSettings.ACTION_SOURCE)),
                            plain("event_source_url", MetaValues::page),
                            hashed("user_data.em", Field.EMAIL, Normalisers::email),
                            hashed("user_data.ph", Field.PHONE, Normalisers::phoneDigits),
                            hashed("user_data.fn", Field.FIRST_NAME, Normalisers::letters),
                            hashed("user_data.ln", Field.LAST_NAME, Normalisers::letters),
                            hashed("user_data.db", Field.BIRTH_DATE, Normalisers::birthDate),
                            hashed("user_data.ge", Field.GENDER, Normalisers::gender),
                            hashed("user_data.ct", Field.CITY, Normalisers::letters),
                            hashed("user_data.st", Field.REGION, Normalisers::region),
                            hashed("user_data.zp", Field.ZIP, Normalisers::postalCode),
                            hashed("user_data.country", Field.COUNTRY, Normalisers::country),
                            hashed(
                                    "user_data.external_id",
                                    Field.EXTERNAL_USER,
                                    Normalisers::identifier),
                            plain("user_data.client_ip_address", Telling::address),
                            plain("user_data.client_user_agent", Telling::userAgent),
                            plain("user_data.fbc", MetaValues::fbc),
                            plain("user_data.fbp", MetaValues::fbp),
                            Entry.number("custom_data.value", Telling::amount),
                            text("custom_data.currency", MetaValues::currency),
                            text(
                                    "custom_data.order_id",
                                    telling -> telling.shipment().value("txid")),
                            Entry.node("opt_out", MetaValues::optOut),
                            Entry.node("data_processing_options", MetaValues::options),
                            Entry.node(
                                    "data_processing_options_country",
                                    telling ->
                                            MetaValues.limited(
                                                    telling, MetaSettings.LIMITED_COUNTRY)),
                            Entry.node(
                                    "data_processing_options_state",
                                    telling ->
                                            MetaValues.limited(
                                                    telling, MetaSettings.LIMITED_STATE))));

    private static final Envelope ENVELOPE =
            new Envelope(
                    MetaConversions::url,
                    connection ->
                            Map.of(
                                    "Authorization",
                                    "Bearer " + connection.secret(MetaSettings.TOKEN)),
                    "data",
                    new Mapping<>(
                            List.of(
                                    text("test_event_code", MetaConversions::testCode),
                                    text(
                                            "partner_agent",
                                            batch -> batch.setting(MetaSettings.PARTNER_AGENT)))));

    public static final Platform PLATFORM =
            new Platform(
                    MetaSettings.TYPE,
                    BATCH_MAX,
                    MetaObjections.RULES,
                    EVENT,
                    ENVELOPE,
                    MetaAnswers::judge);

    private MetaConversions() {}

    private static String url(Connection connection) {
        return String.join(
                "/",
                connection.setting(MetaSettings.ENDPOINT),
                connection.setting(MetaSettings.VERSION),
                connection.setting(MetaSettings.DATASET),
                "events");
    }

    /// Meta counts events with a test code like all others, so real ones go without.
    private static String testCode(Batch batch) {
        boolean isTest = batch.parcels().stream().anyMatch(parcel -> parcel.shipment().isTest());
        return isTest ? batch.setting(MetaSettings.TEST_CODE) : "";
    }
}
