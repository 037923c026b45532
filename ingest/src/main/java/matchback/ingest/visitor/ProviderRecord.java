package matchback.ingest.visitor;

import com.maxmind.db.MaxMindDbConstructor;
import com.maxmind.db.MaxMindDbParameter;
import org.jspecify.annotations.Nullable;

/// A record of an ISP or ASN database: the fields we read, by the names of
/// https://dev.maxmind.com/geoip/docs/databases/isp and
/// https://dev.maxmind.com/geoip/docs/databases/asn.
///
/// @param isp who sells the line
/// @param organisation that the network is registered to
/// @param asNumber of the autonomous system
/// @param asOrganisation that runs it
public record ProviderRecord(
        @MaxMindDbParameter(name = "isp") @Nullable String isp,
        @MaxMindDbParameter(name = "organization") @Nullable String organisation,
        @MaxMindDbParameter(name = "autonomous_system_number") @Nullable Long asNumber,
        @MaxMindDbParameter(name = "autonomous_system_organization")
                @Nullable String asOrganisation) {

    @MaxMindDbConstructor
    public ProviderRecord {}

    /// The provider by the best of the names that are known.
    String name() {
        for (var name : new @Nullable String[] {isp, organisation, asOrganisation}) {
            if (name != null && !name.isEmpty()) {
                return name;
            }
        }
        return "";
    }

    /// As in `AS64496`; empty when it is not known.
    String asn() {
        return asNumber == null ? "" : "AS" + asNumber;
    }
}
