package org.huying.app;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.huying.command.Failures;
import org.huying.http.TrustedProxies;
import org.huying.notify.MessageTemplates;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says, read once and checked before anything starts.
 *
 * @param endpoints            where the node listens
 * @param databaseUrl          {@code null} for the embedded PostgreSQL
 * @param migrationDatabaseUrl the owner's, where the service runs as a lesser role
 * @param redisUrls            empty for the embedded Redis; several mean a cluster
 * @param wechatUrl            {@code null} for the demo's simulator
 * @param wechatTemplatesFile  {@code null} to send no messages, or the simulator's own
 * @param wechatSimulator      to try a district of one's own without WeChat; never for real people
 * @param trustedProxies       whose word is taken for where a request comes from
 * @param jwtKeyFile           {@code null} to make one under the data directory
 * @param dataKeyFile          {@code null} to make one under the data directory
 * @param corsOrigins          of the pages that may call from a browser
 * @param http2                whether HTTP/2 is spoken in clear, with a balancer that speaks it
 * @param stopDelay            for how long requests are still taken after the readiness has gone down
 */
public record Settings(
        Endpoints endpoints,
        @Nullable String databaseUrl,
        @Nullable String migrationDatabaseUrl,
        List<String> redisUrls,
        Path dataDirectory,
        @Nullable String wechatUrl,
        @Nullable String wechatAppId,
        @Nullable String wechatSecret,
        @Nullable Path wechatTemplatesFile,
        boolean wechatSimulator,
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
        var simulator = reader.flag("HUYING_WECHAT_SIMULATOR", false);
        var wechatUrl = reader.url("HUYING_WECHAT_URL", "https", "http");
        var settings = new Settings(
                new Endpoints(
                        reader.address("HUYING_HTTP_ADDRESS", demo || simulator ? Endpoints.LOOPBACK : Endpoints.ALL),
                        reader.port("HUYING_HTTP_PORT", 8080),
                        reader.address("HUYING_MANAGEMENT_ADDRESS", Endpoints.LOOPBACK),
                        reader.port("HUYING_MANAGEMENT_PORT", 9090)),
                databaseUrl,
                reader.url("HUYING_MIGRATION_DATABASE_URL", "postgresql", "postgres"),
                reader.urls("HUYING_REDIS_URL", "redis", "rediss"),
                reader.path("HUYING_DATA_DIR", Path.of("data")),
                wechatUrl,
                reader.text("HUYING_WECHAT_APP_ID"),
                reader.text("HUYING_WECHAT_SECRET"),
                reader.file("HUYING_WECHAT_TEMPLATES_FILE"),
                simulator,
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

    /** WeChat as it is named here, or {@code null} for the simulator. */
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
        } catch (IllegalArgumentException e) {
            throw new StartException("cannot read HUYING_WECHAT_TEMPLATES_FILE: " + e.getMessage());
        } catch (IOException e) {
            throw new StartException("cannot read HUYING_WECHAT_TEMPLATES_FILE: " + Failures.inAnyWords(e));
        }
    }

    /** Says early, and in words, what would otherwise show late. */
    public void requireFreePorts() {
        requireFree("HUYING_HTTP", endpoints.httpAddress(), endpoints.httpPort());
        requireFree("HUYING_MANAGEMENT", endpoints.managementAddress(), endpoints.managementPort());
    }

    private static void requireFree(String name, String address, int port) {
        var bytes = NetUtil.createByteArrayFromIpAddressString(address);
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByAddress(bytes), port));
        } catch (BindException e) {
            throw new StartException("cannot listen on " + address + " port " + port + ": "
                    + (String.valueOf(e.getMessage()).contains("assign")
                            ? "this machine has no such address; choose another with " + name + "_ADDRESS"
                            : "the port is in use or may not be used; choose another with " + name
                                    + "_PORT (0 for a free one)"));
        } catch (IOException e) {
            throw new StartException("cannot listen on " + address + " port " + port + ": " + Failures.inAnyWords(e));
        }
    }

    private void check(SettingsReader reader, boolean embedded) {
        if (endpoints.httpPort() != 0 && endpoints.httpPort() == endpoints.managementPort()) {
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
        if (!demo && !wechatSimulator) {
            reader.require("HUYING_WECHAT_URL", wechatUrl);
        }
        if (wechatSimulator && (wechatUrl != null || reader.text("HUYING_TRUSTED_PROXIES") != null)) {
            reader.fault(
                    "HUYING_WECHAT_SIMULATOR",
                    "is for trying without WeChat: not beside HUYING_WECHAT_URL, nor behind HUYING_TRUSTED_PROXIES");
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
            if (redisUrls.isEmpty() && reader.text("HUYING_REDIS_URL") == null) {
                reader.fault(
                        "HUYING_REDIS_URL",
                        "is required with HUYING_DATABASE_URL: nodes that share a database share the counts of limits");
            }
        }
    }
}
