package org.huying.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the environment may say, and what is said about it. */
class SettingsTest {
    private static final String SECRET = "postgresql://huying:s3cr3t@db:5432/huying";

    @TempDir
    Path directory;

    /** With a database and a Redis of its own, and all that this needs. */
    private Map<String, String> real() {
        try {
            var key = Files.writeString(directory.resolve("key"), "-");
            return new HashMap<>(Map.of(
                    "HUYING_DATABASE_URL", SECRET,
                    "HUYING_REDIS_URL", "redis://cache:6379",
                    "HUYING_JWT_KEY_FILE", key.toString(),
                    "HUYING_DATA_KEY_FILE", key.toString(),
                    "HUYING_WECHAT_URL", "https://api.weixin.qq.com",
                    "HUYING_WECHAT_APP_ID", "app",
                    "HUYING_WECHAT_SECRET", "s3cr3t"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "secret", ""), content)
                .toString();
    }

    @Test
    void theDemoIsForThisMachineAndTheServiceForAll() {
        var demo = Settings.from(Map.of()).endpoints();
        assertThat(demo).isEqualTo(new Endpoints("127.0.0.1", 8080, "127.0.0.1", 9090));
        var real = Settings.from(real()).endpoints();
        assertThat(real).isEqualTo(new Endpoints("0.0.0.0", 8080, "127.0.0.1", 9090));
        var named = real();
        named.put("HUYING_HTTP_ADDRESS", "10.0.0.5");
        named.put("HUYING_MANAGEMENT_ADDRESS", "::");
        assertThat(Settings.from(named).endpoints()).isEqualTo(new Endpoints("10.0.0.5", 8080, "::", 9090));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HUYING_HTTP_ADDRESS", "HUYING_MANAGEMENT_ADDRESS"})
    void anAddressIsALiteralOne(String name) {
        assertThatThrownBy(() -> Settings.from(Map.of(name, "db.example.cn"))).hasMessageContaining(name + " must be");
    }

    @ParameterizedTest
    @CsvSource({
        "HUYING_DATABSE_URL, HUYING_DATABASE_URL",
        "HUYING_TRUSTED_PROXY, HUYING_TRUSTED_PROXIES",
        "HUYING_WECHAT_SECRETS_FILE, HUYING_WECHAT_SECRET_FILE",
        "HUYING_HTTPPORT, HUYING_HTTP_PORT",
        "HUYING_Demo, HUYING_DEMO"
    })
    void aNameThatIsNotKnownIsRefusedAndTheNearestOffered(String wrong, String right) {
        assertThatThrownBy(() -> Settings.from(Map.of(wrong, "s3cr3t")))
                .hasMessageContaining(wrong + " is not known; is " + right + " meant?")
                .hasMessageNotContaining("s3cr3t");
        assertThatThrownBy(() -> Environment.read(Map.of(wrong, "s3cr3t"))).hasMessageContaining(wrong);
    }

    @Test
    void aNameLikeNoneIsRefusedAllTheSameAndThoseOfOthersAreNot() {
        assertThatThrownBy(() -> Settings.from(Map.of("HUYING_SOMETHING_ELSE_ALTOGETHER", "")))
                .hasMessageEndingWith("HUYING_SOMETHING_ELSE_ALTOGETHER is not known");
        assertThatCode(() ->
                        Settings.from(Map.of("PATH", "/bin", "HUYINGSHAN", "1", "HUYING_CHROMIUM", "/bin/chromium")))
                .doesNotThrowAnyException();
    }

    @Test
    void everySecretMayStandInAFile() throws IOException {
        var inFiles = real();
        for (var name : Environment.SECRETS) {
            var value = inFiles.remove(name);
            if (value != null) {
                inFiles.put(name + "_FILE", file(value + "\n"));
            }
        }
        inFiles.put("HUYING_MIGRATION_DATABASE_URL_FILE", file("postgresql://owner:s3cr3t@db/huying\r\n"));
        var settings = Settings.from(inFiles);
        assertThat(settings.databaseUrl()).isEqualTo(SECRET);
        assertThat(settings.migrationDatabaseUrl()).isEqualTo("postgresql://owner:s3cr3t@db/huying");
        assertThat(settings.redisUrls()).containsExactly("redis://cache:6379");
        assertThat(settings.wechatSecret()).isEqualTo("s3cr3t");
        assertThat(Environment.read(inFiles)).containsEntry("HUYING_DATABASE_URL", SECRET);
    }

    @Test
    void aSecretThatIsGivenTwiceOrCannotBeReadIsAFaultAndNeverRepeated() throws IOException {
        var twice = real();
        twice.put("HUYING_DATABASE_URL_FILE", file(SECRET));
        assertFault(twice, "HUYING_DATABASE_URL_FILE is given beside HUYING_DATABASE_URL");
        var missing = real();
        missing.remove("HUYING_WECHAT_SECRET");
        missing.put("HUYING_WECHAT_SECRET_FILE", directory.resolve("nowhere").toString());
        assertFault(missing, "HUYING_WECHAT_SECRET_FILE must name a readable file");
        for (var content : new String[] {"", "\n", "s3cr3t\ns3cr3t\n", "x".repeat(70_000)}) {
            missing.put("HUYING_WECHAT_SECRET_FILE", file(content));
            assertFault(missing, "HUYING_WECHAT_SECRET_FILE must name a");
        }
        missing.put(
                "HUYING_WECHAT_SECRET_FILE",
                Files.write(directory.resolve("bytes"), new byte[] {(byte) 0xff, (byte) 0xfe})
                        .toString());
        assertFault(missing, "HUYING_WECHAT_SECRET_FILE must name a readable file of text");
        missing.put("HUYING_WECHAT_SECRET_FILE", directory.toString());
        assertFault(missing, "HUYING_WECHAT_SECRET_FILE must name a readable file");
    }

    private static void assertFault(Map<String, String> environment, String words) {
        assertThatThrownBy(() -> Settings.from(environment))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void theSimulatorIsForATrialOnThisMachineAndNothingElse() {
        var trial = real();
        trial.keySet().removeIf(name -> name.startsWith("HUYING_WECHAT_"));
        assertFault(trial, "HUYING_WECHAT_URL is required here");
        trial.put("HUYING_WECHAT_SIMULATOR", "true");
        assertThat(Settings.from(trial).endpoints().httpAddress()).isEqualTo("127.0.0.1");
        assertThat(Settings.from(trial).wechat()).isNull();
        var words = "HUYING_WECHAT_SIMULATOR is for trying without WeChat";
        trial.put("HUYING_TRUSTED_PROXIES", "10.0.0.0/8");
        assertFault(trial, words);
        var production = real();
        production.put("HUYING_WECHAT_SIMULATOR", "true");
        assertFault(production, words);
    }

    @Test
    void aDatabaseOfOnesOwnNeedsARedisOfOnesOwn() {
        var alone = real();
        alone.remove("HUYING_REDIS_URL");
        assertFault(alone, "HUYING_REDIS_URL is required with HUYING_DATABASE_URL");
    }

    @Test
    void thePageOfSettingsHasThemAll() throws IOException {
        var page = Files.readString(Path.of("..", "README.md"));
        var named = Pattern.compile("HUYING_[A-Z0-9_]+")
                .matcher(page)
                .results()
                .map(found -> found.group())
                .collect(Collectors.toSet());
        assertThat(named).containsAll(Environment.SETTINGS);
    }
}
