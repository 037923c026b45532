package matchback.deliver.platform;

import java.util.List;
import matchback.deliver.Parcel;

/// What goes out in one request.
public record Batch(Connection connection, List<Parcel> parcels) {
    public Batch {
        parcels = List.copyOf(parcels);
    }

    public String setting(String named) {
        return connection.setting(named);
    }
}
