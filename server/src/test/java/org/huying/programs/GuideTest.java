package org.huying.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.huying.app.Settings;
import org.huying.db.DataKeys;
import org.huying.identity.session.SigningKeys;
import org.huying.testing.KeyFiles;
import org.huying.testing.Streams;
import org.huying.testing.TestDay;
import org.huying.testing.TestNode;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From nothing to the first booking and ticket, by the commands that the operations guide gives for it. */
@Tag("long")
class GuideTest {
    private static final String SECTION = "From nothing to the first booking and ticket";
    private static final String KEYS = "/etc/huying";
    private static final String ADDRESS = "http://127.0.0.1:8080";
    private static final String TOMORROW = "$(TZ=Asia/Shanghai date -d tomorrow +%F)";
    private static final String MARK = "@@@@ ";

    @TempDir
    Path directory;

    @Test
    void everyStepBringsAboutWhatItSays() throws Exception {
        Script.require("bash", "curl", "jq");
        var blocks = Guide.blocks(SECTION);
        assertThat(blocks).hasSize(5);
        var url = TestServers.createMigratedDatabase();
        var keys = makeKeys(blocks.get(0));
        assertSettingsHold(blocks.get(1));
        var code = found(blocks.get(2), url, keys);
        assertThat(blocks.get(3)).isEqualTo("scripts/run");
        try (var node = TestNode.start(url, keys.read(), TestDay.running())) {
            var steps = walked(blocks.get(4), node, code);
            assertThat(steps.values())
                    .allSatisfy(printed -> assertThat(printed.lines()).doesNotContain("null"));
            assertThat(step(steps, "The administrator")).contains("admin");
            assertThat(step(steps, "Places")).contains("书香苑");
            assertThat(step(steps, "The starter's")).contains("care-visit", "\"version\": 2");
            assertThat(step(steps, "A canteen")).contains("\"amountFen\": 500");
            assertThat(step(steps, "Others from")).contains("2032-01-01");
            assertThat(step(steps, "Staff, who")).contains("worker", "grid_member", "dispatcher", "canteen_operator");
            assertThat(step(steps, "The first meal"))
                    .contains("\"booked\"", "\"priceFen\": 900", "\"subsidyFen\": 300", "\"payableFen\": 600");
            assertThat(step(steps, "A resident")).contains("approved");
            assertThat(step(steps, "The first ticket")).contains("文昌睦邻红色物业").endsWith("\"closed\"");
        }
    }

    private static String step(Map<String, String> steps, String beginning) {
        var found = steps.entrySet().stream()
                .filter(step -> step.getKey().startsWith(beginning))
                .map(Map.Entry::getValue)
                .toList();
        assertThat(found).as(beginning).hasSize(1);
        return found.get(0);
    }

    private KeyFiles makeKeys(String block) throws IOException {
        var made = run(block, Map.of());
        assertThat(made.code()).as(made.err()).isZero();
        var files = new KeyFiles(directory.resolve("jwt-keys.pem"), directory.resolve("data-keys.properties"));
        assertThat(made.out())
                .isEqualTo(
                        "HUYING_DATA_KEY_FILE=%s\nHUYING_JWT_KEY_FILE=%s\n".formatted(files.data(), files.signing()));
        for (var file : List.of(files.data(), files.signing())) {
            assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        }
        var before = Files.readString(files.data());
        Files.delete(files.signing());
        var again = run(block, Map.of());
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).isEqualTo("make-keys: there is " + files.data() + " already, and nothing is made\n");
        assertThat(files.signing()).doesNotExist();
        assertThat(files.data()).hasContent(before);
        SigningKeys.generate(files.signing());
        DataKeys.read(files.data());
        return files;
    }

    /** Both as they stand there, and with the lines that they name for going live. */
    private void assertSettingsHold(String block) {
        var settings = new HashMap<String, String>();
        here(block)
                .lines()
                .filter(line -> line.startsWith("export "))
                .flatMap(
                        line -> Arrays.stream(line.substring("export ".length()).split(" ")))
                .map(each -> each.split("=", 2))
                .forEach(each -> settings.put(each[0], each[1]));
        assertThat(Settings.from(settings).wechat()).isNull();
        settings.remove("HUYING_WECHAT_SIMULATOR");
        settings.putAll(Map.of(
                "HUYING_WECHAT_URL", "https://api.weixin.qq.com",
                "HUYING_WECHAT_APP_ID", "app",
                "HUYING_WECHAT_SECRET", "secret"));
        assertThat(Settings.from(settings).wechat()).isNotNull();
    }

    private String found(String block, String url, KeyFiles keys) throws IOException {
        var founded = run(
                block + "\necho \"$CODE\"",
                Map.of(
                        "HUYING_DATABASE_URL", url,
                        "HUYING_MIGRATION_DATABASE_URL", TestServers.ownerUrl(url),
                        "HUYING_DATA_KEY_FILE", keys.data().toString()));
        assertThat(founded.code()).as(founded.err()).isZero();
        assertThat(founded.err()).contains("it begins with the starter's service items");
        return founded.out().strip();
    }

    /** What each step of the block printed, by its comment. */
    private Map<String, String> walked(String block, TestNode node, String code) throws IOException {
        var text = Arrays.stream(block.split("\n\n"))
                .map(step -> step.startsWith("# ")
                        ? "echo \"" + MARK
                                + step.lines().findFirst().orElseThrow().replaceAll("[`\"$]", "") + "\"\n" + step
                        : step)
                .collect(Collectors.joining("\n"))
                .replace(ADDRESS, node.uri().toString())
                .replace(TOMORROW, TestDay.date().plusDays(1).toString());
        assertThat(text).doesNotContain("date -d");
        var ended = run(text, Map.of("CODE", code));
        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
        return Arrays.stream(ended.out().split(MARK + "# "))
                .skip(1)
                .map(each -> each.split("\n", 2))
                .collect(Collectors.toMap(each -> each[0], each -> each[1].strip()));
    }

    private Streams run(String block, Map<String, String> settings) throws IOException {
        var script = Script.file(Files.writeString(directory.resolve("block.sh"), "set -e\n" + here(block)));
        settings.forEach(script::with);
        return script.run();
    }

    private String here(String block) {
        return block.replace(KEYS, directory.toString());
    }
}
