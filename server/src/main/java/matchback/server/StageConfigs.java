package matchback.server;

import java.net.URI;
import java.time.Duration;
import matchback.attribute.RulesConfig;
import matchback.console.ConsoleConfig;
import matchback.deliver.DeliverConfig;
import matchback.ingest.IngestConfig;
import matchback.ingest.IngestConfig.AddressHeader;
import matchback.ingest.IngestConfig.Cookie;
import matchback.ingest.IngestConfig.OnLedgerFailure;
import matchback.ingest.IngestConfig.Proxies;
import matchback.ingest.apple.AppleKeys;
import matchback.model.apple.AdSigner;
import matchback.server.config.AppleSettings;
import matchback.server.config.Configuration;
import matchback.server.config.TlsSettings;
import matchback.store.embedded.EmbeddedConfig;
import matchback.store.embedded.duck.DuckConfig;
import org.jspecify.annotations.Nullable;

/// What was set, in the words of each stage.
final class StageConfigs {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final int REPORTS_AT_A_TIME = 4;

    private StageConfigs() {}

    static EmbeddedConfig embedded(Configuration all) {
        var config =
                EmbeddedConfig.DEFAULT
                        .withBlockCacheBytes(all.store().cacheBytes())
                        .withQueueEventsMax(all.store().queueEvents());
        return all.store().sync() ? config : config.withoutSync();
    }

    static DuckConfig columns(Configuration all) {
        int memory = (int) (all.store().reportMemoryBytes() >> 20);
        return new DuckConfig(all.store().reportThreads(), memory, REPORTS_AT_A_TIME);
    }

    static DeliverConfig deliver(Configuration all) {
        var defaults = DeliverConfig.DEFAULT;
        var answer = all.delivery().timeout();
        var connect = answer.compareTo(CONNECT_MAX) < 0 ? answer : CONNECT_MAX;
        return new DeliverConfig(
                all.delivery().concurrency(),
                all.delivery().perSecond(),
                defaults.breakerFailuresMax(),
                all.delivery().breakerPause(),
                defaults.breakerPauseMax(),
                defaults.parkPause(),
                connect,
                answer,
                defaults.bodyBytesMax(),
                defaults.connectionsMax(),
                all.delivery().allowPrivate(),
                defaults.closeWithin());
    }

    static IngestConfig ingest(Configuration all) {
        var tracking = all.tracking();
        var defaults = IngestConfig.DEFAULT;
        return new IngestConfig(
                tracking.bind(),
                tracking.port(),
                Math.max(1, Runtime.getRuntime().availableProcessors()),
                tracking.fallbackUrl().isEmpty() ? null : tracking.fallbackUrl(),
                tracking.redirectUnrecorded() ? OnLedgerFailure.REDIRECT : OnLedgerFailure.REFUSE,
                tracking.clickWait(),
                defaults.postbackWait(),
                defaults.limits(),
                proxies(all),
                ingestTls(all.tls()),
                tracking.doubtfulPerSecond(),
                tracking.doubtfulBurst(),
                appleKeys(all.apple()),
                cookie(all),
                path(tracking.publicUrl()));
    }

    /// Those that were set, and for the others those that Apple published.
    static AppleKeys appleKeys(AppleSettings set) {
        var published = AppleKeys.PUBLISHED;
        return new AppleKeys(
                set.skanOldKey().isEmpty() ? published.skanOld() : set.skanOldKey(),
                set.skanKey().isEmpty() ? published.skan() : set.skanKey(),
                set.keys().isEmpty() ? published.production() : set.keys(),
                set.developmentKeys().isEmpty() ? published.development() : set.developmentKeys());
    }

    /// The path of a URL that a proxy serves us at, without a slash at its end.
    private static String path(String url) {
        var path = url.isEmpty() ? null : URI.create(url).getRawPath();
        return path == null ? "" : path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static Cookie cookie(Configuration all) {
        var tracking = all.tracking();
        return new Cookie(
                tracking.clickCookie(),
                Duration.ofDays(tracking.clickCookieDays()),
                all.tls().isOn() || tracking.publicUrl().startsWith("https://"));
    }

    private static Proxies proxies(Configuration all) {
        var networks = all.tracking().trustedProxies();
        if (networks.isEmpty()) {
            return Proxies.NONE;
        }
        var header =
                all.tracking().proxyHeader().equals("forwarded")
                        ? AddressHeader.FORWARDED
                        : AddressHeader.X_FORWARDED_FOR;
        return new Proxies(networks, header, all.visitors().placeHeaders());
    }

    private static IngestConfig.@Nullable Tls ingestTls(TlsSettings tls) {
        var certificate = tls.certificate();
        var key = tls.key();
        return certificate == null || key == null ? null : new IngestConfig.Tls(certificate, key);
    }

    static RulesConfig rules(Configuration all) {
        return RulesConfig.DEFAULT.withDaysOf(all.store().timeZone());
    }

    private static @Nullable AdSigner adSigner(AppleSettings set) {
        return set.adNetwork().isEmpty() || !set.adKey().isSet()
                ? null
                : AdSigner.of(set.adNetwork(), set.adKey().text());
    }

    /// @param publicUrl of the tracking listener
    static ConsoleConfig console(Configuration all, String publicUrl) {
        var certificate = all.tls().certificate();
        var key = all.tls().key();
        return new ConsoleConfig(
                all.console().bind(),
                all.console().port(),
                publicUrl,
                all.delivery().allowPrivate(),
                all.store().reportCurrency(),
                all.store().timeZone(),
                certificate == null || key == null ? null : new ConsoleConfig.Tls(certificate, key),
                all.console().insecure(),
                all.console().url().startsWith("https:"),
                adSigner(all.apple()),
                path(all.console().url()));
    }
}
