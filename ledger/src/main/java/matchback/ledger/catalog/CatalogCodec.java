package matchback.ledger.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.cfg.MutableConfigOverride;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import matchback.ledger.Fields.CorruptRecord;
import matchback.model.catalog.ApiToken;
import matchback.model.catalog.AppleApp;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Destination;
import matchback.model.catalog.Entity;
import matchback.model.catalog.ExchangeRate;
import matchback.model.catalog.Lander;
import matchback.model.catalog.Offer;
import matchback.model.catalog.OldTracker;
import matchback.model.catalog.Quarantine;
import matchback.model.catalog.ReferenceRates;
import matchback.model.catalog.SecretPath;
import matchback.model.catalog.Sender;
import matchback.model.catalog.SignatureRule;
import matchback.model.catalog.TrafficSource;
import matchback.model.catalog.User;
import matchback.model.catalog.Validation;

/// Catalog changes as JSON documents: `{"format":1,"at":…,"by":…,"kind":"offer","entity":{…}}`.
///
/// Configuration is small, read rarely and worth reading by eye, so it is kept in words. The names
/// in an entity are its record components; unknown ones are skipped, missing ones read as null.
public final class CatalogCodec {
    private static final int FORMAT_VERSION = 1;
    private static final Map<String, Class<? extends Entity>> KINDS =
            Map.ofEntries(
                    Map.entry("traffic-source", TrafficSource.class),
                    Map.entry("sender", Sender.class),
                    Map.entry("offer", Offer.class),
                    Map.entry("campaign", Campaign.class),
                    Map.entry("exchange-rate", ExchangeRate.class),
                    Map.entry("destination", Destination.class),
                    Map.entry("old-tracker", OldTracker.class),
                    Map.entry("apple-app", AppleApp.class),
                    Map.entry("lander", Lander.class),
                    Map.entry("quarantine", Quarantine.class),
                    Map.entry("validation", Validation.class),
                    Map.entry("reference-rates", ReferenceRates.class),
                    Map.entry("user", User.class),
                    Map.entry("token", ApiToken.class));
    private static final Map<Class<? extends Entity>, List<String>> LATER =
            Map.of(
                    Sender.class,
                            List.of(
                                    "template",
                                    "payoutRule",
                                    "duplicateRule",
                                    "reviewRules",
                                    "feed",
                                    "browserRule"),
                    Offer.class, List.of("cap", "eventWindows", "clicksPerDay"),
                    TrafficSource.class, List.of("template"),
                    Campaign.class, List.of("oldLinks", "routing"),
                    Destination.class, List.of("browserEvents"));
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true)
                    .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
                    .configure(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, true)
                    // Else a rate of 1.10 comes back as 1.1 and is no longer equal.
                    .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false)
                    // A sender without them is written as before there were any.
                    .withConfigOverride(SignatureRule.class, CatalogCodec::onlyWhereSet)
                    .withConfigOverride(SecretPath.class, CatalogCodec::onlyWhereSet)
                    .build();

    private CatalogCodec() {}

    private static void onlyWhereSet(MutableConfigOverride type) {
        type.setInclude(
                JsonInclude.Value.construct(
                        JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS));
    }

    /// The word for an entity's kind, as in paths of the API without the plural.
    public static String kind(Class<? extends Entity> type) {
        return KINDS.entrySet().stream()
                .filter(entry -> entry.getValue().equals(type))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    public static byte[] encode(CatalogChange change) {
        ObjectNode document = JSON.createObjectNode();
        document.put("format", FORMAT_VERSION);
        document.put("at", change.at());
        document.put("by", change.by());
        document.put("kind", kind(change.entity().getClass()));
        document.set("entity", entity(change.entity()));
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an entity that is no JSON", e);
        }
    }

    /// What an entity got later is written only where it is set, so that older records keep their
    /// form.
    private static ObjectNode entity(Entity entity) {
        ObjectNode node = JSON.valueToTree(entity);
        LATER.getOrDefault(entity.getClass(), List.of()).stream()
                .filter(name -> node.path(name).isNull())
                .forEach(node::remove);
        return node;
    }

    public static CatalogChange decode(byte[] bytes) {
        try {
            var document = JSON.readTree(bytes);
            if (document.path("format").asInt() != FORMAT_VERSION) {
                throw new CorruptRecord(
                        "catalog change of format "
                                + document.path("format").asInt()
                                + "; this build reads "
                                + FORMAT_VERSION);
            }
            var type = KINDS.get(document.path("kind").asText());
            if (type == null) {
                throw new CorruptRecord("catalog entity of kind " + document.path("kind").asText());
            }
            return new CatalogChange(
                    document.path("at").asLong(),
                    document.path("by").asText(),
                    JSON.treeToValue(document.path("entity"), type));
        } catch (IOException | IllegalArgumentException e) {
            throw new CorruptRecord("a catalog change that cannot be read", e);
        }
    }
}
