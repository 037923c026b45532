package matchback.server;

import java.util.List;
import matchback.deliver.Adapter;
import matchback.deliver.SourcePostback;
import matchback.deliver.google.DataManager;
import matchback.deliver.meta.MetaConversions;
import matchback.deliver.platform.PlatformAdapter;
import matchback.model.Secrets;

/// Every kind of destination there is, in the order in which they are offered; a new adapter is
/// added here.
final class Adapters {
    private Adapters() {}

    static List<Adapter> all(Secrets secrets) {
        return List.of(
                new SourcePostback(),
                new PlatformAdapter(MetaConversions.PLATFORM, secrets),
                new DataManager(secrets));
    }
}
