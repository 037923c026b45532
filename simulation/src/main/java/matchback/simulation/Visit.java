package matchback.simulation;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// One visit through a tracking link.
///
/// @param number its own, from 1; reports name their visit by it
/// @param source and
/// @param offer of the campaign
/// @param publisher where the source showed the ad
/// @param externalId the source's own click id
/// @param country ISO 3166-1 alpha-2, lower case
/// @param visitor who it is; the same name returns with the same address and device
/// @param device what the user agent says, and the visitor holds
/// @param isBehindCarrier whether many people share the address
public record Visit(
        long number,
        Instant at,
        Label label,
        String campaign,
        String source,
        String offer,
        String creative,
        String publisher,
        String externalId,
        String country,
        String visitor,
        String address,
        Device device,
        String userAgent,
        boolean isBehindCarrier)
        implements Act {

    /// What the source appends to the tracking link.
    public Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put(Market.EXTERNAL_ID, externalId);
        parameters.put(Market.CREATIVE, creative);
        parameters.put(Market.PUBLISHER, publisher);
        parameters.put(Market.COUNTRY, country);
        return parameters;
    }
}
