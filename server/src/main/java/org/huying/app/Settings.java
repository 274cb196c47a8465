package org.huying.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.huying.http.TrustedProxies;
import org.huying.notify.MessageTemplates;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says, read once and checked before anything starts.
 *
 * @param databaseUrl          {@code null} for the embedded PostgreSQL
 * @param migrationDatabaseUrl the owner's, where the service runs as a lesser role
 * @param redisUrls            empty for the embedded Redis; several mean a cluster
 * @param wechatUrl            {@code null} for the demo's simulator
 * @param wechatTemplatesFile  {@code null} to send no messages, or the simulator's own
 * @param trustedProxies       whose word is taken for where a request comes from
 * @param jwtKeyFile           {@code null} to make one under the data directory
 * @param dataKeyFile          {@code null} to make one under the data directory
 * @param corsOrigins          of the pages that may call from a browser
 * @param http2                whether HTTP/2 is spoken in clear, with a balancer that speaks it
 * @param stopDelay            for how long requests are still taken after the readiness has gone down
 */
public record Settings(
        int httpPort,
        int managementPort,
        @Nullable String databaseUrl,
        @Nullable String migrationDatabaseUrl,
        List<String> redisUrls,
        Path dataDirectory,
        @Nullable String wechatUrl,
        @Nullable String wechatAppId,
        @Nullable String wechatSecret,
        @Nullable Path wechatTemplatesFile,
        TrustedProxies trustedProxies,
        boolean demo,
        Duration demoClockOffset,
        @Nullable Path jwtKeyFile,
        @Nullable Path dataKeyFile,
        List<String> corsOrigins,
        boolean http2,
        Duration stopDelay) {
    private static final Duration STOP_DELAY = Duration.ofSeconds(2);
    private static final Duration LONGEST_STOP_DELAY = Duration.ofMinutes(2);

    /** Reads the settings, or fails with everything that is wrong with them. */
    public static Settings from(Map<String, String> environment) {
        var reader = new SettingsReader(environment);
        var databaseUrl = reader.url("HUYING_DATABASE_URL", "postgresql", "postgres");
        var embedded = databaseUrl == null;
        var demo = reader.flag("HUYING_DEMO", embedded);
        var wechatUrl = reader.url("HUYING_WECHAT_URL", "https", "http");
        var settings = new Settings(
                reader.port("HUYING_HTTP_PORT", 8080),
                reader.port("HUYING_MANAGEMENT_PORT", 9090),
                databaseUrl,
                reader.url("HUYING_MIGRATION_DATABASE_URL", "postgresql", "postgres"),
                reader.urls("HUYING_REDIS_URL", "redis", "rediss"),
                reader.path("HUYING_DATA_DIR", Path.of("data")),
                wechatUrl,
                reader.text("HUYING_WECHAT_APP_ID"),
                reader.text("HUYING_WECHAT_SECRET"),
                reader.file("HUYING_WECHAT_TEMPLATES_FILE"),
                reader.proxies("HUYING_TRUSTED_PROXIES"),
                demo,
                reader.duration("HUYING_DEMO_CLOCK_OFFSET", Duration.ZERO),
                reader.file("HUYING_JWT_KEY_FILE"),
                reader.file("HUYING_DATA_KEY_FILE"),
                reader.origins("HUYING_CORS_ORIGINS"),
                reader.flag("HUYING_HTTP2", false),
                reader.duration("HUYING_STOP_DELAY", STOP_DELAY));
        settings.check(reader, embedded);
        reader.failIfWrong();
        return settings;
    }

    /** WeChat as it is named here, or {@code null} for the demo's simulator. */
    public Infrastructure.@Nullable WeChatAccess wechat() {
        return wechatUrl == null || wechatAppId == null || wechatSecret == null
                ? null
                : new Infrastructure.WeChatAccess(wechatUrl, wechatAppId, wechatSecret, templates());
    }

    private MessageTemplates templates() {
        if (wechatTemplatesFile == null) {
            return MessageTemplates.none();
        }
        try (var source = Files.newBufferedReader(wechatTemplatesFile)) {
            return MessageTemplates.read(source);
        } catch (IOException | IllegalArgumentException e) {
            throw new StartException("cannot read HUYING_WECHAT_TEMPLATES_FILE: " + e.getMessage());
        }
    }

    /** Says early, and in words, what would otherwise show late. */
    public void requireFreePorts() {
        requireFree(httpPort);
        requireFree(managementPort);
    }

    private static void requireFree(int port) {
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            throw new StartException("port " + port + " is in use or may not be used: " + e.getMessage()
                    + "; choose others with HUYING_HTTP_PORT and HUYING_MANAGEMENT_PORT (0 for a free one)");
        }
    }

    private void check(SettingsReader reader, boolean embedded) {
        if (httpPort != 0 && httpPort == managementPort) {
            reader.fault("HUYING_MANAGEMENT_PORT", "must differ from HUYING_HTTP_PORT");
        }
        if (embedded && migrationDatabaseUrl != null) {
            reader.fault("HUYING_MIGRATION_DATABASE_URL", "needs HUYING_DATABASE_URL");
        }
        if (!demo && !demoClockOffset.isZero()) {
            reader.fault("HUYING_DEMO_CLOCK_OFFSET", "is for the demo only");
        }
        if (stopDelay.isNegative() || stopDelay.compareTo(LONGEST_STOP_DELAY) > 0) {
            reader.fault("HUYING_STOP_DELAY", "must be from PT0S to PT2M");
        }
        if (demoClockOffset.isNegative()) {
            reader.fault("HUYING_DEMO_CLOCK_OFFSET", "goes forward only");
        }
        if (!demo) {
            reader.require("HUYING_WECHAT_URL", wechatUrl);
        }
        if (wechatUrl != null) {
            reader.require("HUYING_WECHAT_APP_ID", wechatAppId);
            reader.require("HUYING_WECHAT_SECRET", wechatSecret);
        }
        if (wechatUrl == null && wechatTemplatesFile != null) {
            reader.fault("HUYING_WECHAT_TEMPLATES_FILE", "needs HUYING_WECHAT_URL");
        }
        if (!embedded) {
            reader.require("HUYING_JWT_KEY_FILE", jwtKeyFile);
            reader.require("HUYING_DATA_KEY_FILE", dataKeyFile);
        }
    }
}
