package matchback.server;

import java.time.InstantSource;
import java.util.List;
import matchback.deliver.Adapter;
import matchback.deliver.ApplePostbackCopy;
import matchback.deliver.OldTrackerPostback;
import matchback.deliver.SourcePostback;
import matchback.deliver.google.DataManager;
import matchback.deliver.meta.MetaConversions;
import matchback.deliver.mmp.Adjust;
import matchback.deliver.mmp.AppsFlyer;
import matchback.deliver.mmp.Branch;
import matchback.deliver.mmp.Singular;
import matchback.deliver.platform.PlatformAdapter;
import matchback.deliver.postback.Postback;
import matchback.deliver.reddit.Reddit;
import matchback.deliver.tiktok.TikTok;
import matchback.deliver.webhook.AlertHook;
import matchback.deliver.webhook.Webhook;
import matchback.model.Secrets;

/// Every kind of destination there is, in the order in which they are offered; a new adapter is
/// added here.
final class Adapters {
    private Adapters() {}

    static List<Adapter> all(Secrets secrets, InstantSource clock) {
        return List.of(
                new SourcePostback(),
                new OldTrackerPostback(),
                new ApplePostbackCopy(),
                new PlatformAdapter(MetaConversions.PLATFORM, secrets),
                new DataManager(secrets),
                new PlatformAdapter(TikTok.PLATFORM, secrets),
                new PlatformAdapter(Reddit.PLATFORM, secrets),
                new PlatformAdapter(AppsFlyer.PLATFORM, secrets),
                new PlatformAdapter(Adjust.PLATFORM, secrets),
                new PlatformAdapter(Branch.PLATFORM, secrets),
                new PlatformAdapter(Singular.PLATFORM, secrets),
                new Postback(secrets),
                new Webhook(secrets, clock),
                new AlertHook(secrets, clock));
    }
}
