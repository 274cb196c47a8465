package org.huying.app;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.huying.db.Waits;
import org.huying.db.clock.ClockGuard;
import org.huying.http.Contract;
import org.huying.http.Cors;
import org.huying.http.Patience;
import org.huying.http.RequestMetrics;
import org.huying.http.TrustedProxies;
import org.huying.identity.PasswordCost;
import org.huying.kernel.MemoryBudget;
import org.huying.notify.MessageTemplates;
import org.huying.photo.PhotoWorkshop;
import org.huying.redis.LocalCounters;
import org.huying.redis.SharedValues;
import org.huying.wechat.AppToken;

/**
 * What all event loops of a node share.
 *
 * @param waits    how long the database is waited for on behalf of callers
 * @param wechat   the real service, or the demo's simulator
 * @param appToken with which the node calls it
 * @param proxies  whom to believe where a request comes from
 * @param clock    the domain's now, in milliseconds; tokens, sessions and limits run on real time
 * @param clockGuard whether that may be written with
 * @param cors     which pages of other origins may call
 * @param http2    whether HTTP/2 is spoken in clear, beside HTTP/1.1
 * @param draining whether the node is on its way out
 */
public record Infrastructure(
        Vertx vertx,
        String databaseUrl,
        Waits waits,
        List<String> redisUrls,
        WeChatAccess wechat,
        AppToken appToken,
        TrustedProxies proxies,
        Keys keys,
        Contract contract,
        Clock clock,
        ClockGuard clockGuard,
        PrometheusMeterRegistry registry,
        RequestMetrics requestMetrics,
        LocalCounters localCounters,
        MemoryBudget memory,
        Patience patience,
        PasswordCost passwordCost,
        PhotoWorkshop photoWorkshop,
        Cors cors,
        boolean http2,
        int eventLoops,
        AtomicBoolean draining) {
    /** Where WeChat is, who we are to it, and which messages we may send. */
    public record WeChatAccess(String url, String appId, String secret, MessageTemplates templates) {
        @Override
        public String toString() {
            return "WeChatAccess[" + url + ", " + appId + "]";
        }
    }

    public static Infrastructure of(
            Vertx vertx,
            PrometheusMeterRegistry registry,
            Settings settings,
            Keys keys,
            String databaseUrl,
            List<String> redisUrls,
            Clock clock,
            WeChatAccess wechat) {
        var domain = domainClock(clock, settings.demoClockOffset());
        return new Infrastructure(
                vertx,
                databaseUrl,
                Waits.USUAL,
                redisUrls,
                wechat,
                appToken(vertx, wechat, redisUrls, keys),
                settings.trustedProxies(),
                keys,
                Contract.load(),
                domain,
                new ClockGuard(Clock.systemUTC(), domain, System::nanoTime),
                registry,
                new RequestMetrics(registry),
                new LocalCounters(),
                MemoryBudget.ofHeap(),
                Patience.USUAL,
                PasswordCost.STRONG,
                new PhotoWorkshop(vertx, settings.dataDirectory().resolve("photos"), keys.cipher(), registry),
                new Cors(settings.corsOrigins()),
                settings.http2(),
                Runtime.getRuntime().availableProcessors(),
                new AtomicBoolean());
    }

    /** The one of a node; it ends with Vert.x. */
    public static AppToken appToken(Vertx vertx, WeChatAccess wechat, List<String> redisUrls, Keys keys) {
        return new AppToken(
                vertx,
                wechat.url(),
                wechat.appId(),
                wechat.secret(),
                new SharedValues(vertx, redisUrls),
                keys.cipher(),
                Clock.systemUTC());
    }

    /** The domain's clock, ahead of another by an offset; in milliseconds. */
    public static Clock domainClock(Clock clock, Duration offset) {
        return Clock.tick(Clock.offset(clock, offset), Duration.ofMillis(1));
    }

    /** Vert.x reports on its pools; requests are measured by operation, not by path. */
    public static Vertx vertx(PrometheusMeterRegistry registry) {
        // "sql" and "redis" are the traffic of each client, which counts for all of them together: the pools tell more.
        var unused = EnumSet.complementOf(EnumSet.of(MetricsDomain.NAMED_POOLS, MetricsDomain.EVENT_BUS)).stream()
                .map(MetricsDomain::toCategory)
                .collect(Collectors.toCollection(HashSet::new));
        unused.addAll(List.of("sql", "redis"));
        var metrics = new MicrometerMetricsOptions().setEnabled(true).setDisabledMetricsCategories(unused);
        return Vertx.builder()
                .with(new VertxOptions().setPreferNativeTransport(true).setMetricsOptions(metrics))
                .withMetrics(new MicrometerMetricsFactory(registry))
                .build();
    }
}
