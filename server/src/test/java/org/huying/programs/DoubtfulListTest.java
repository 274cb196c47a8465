package org.huying.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.huying.Import;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.DemoTemplate;
import org.huying.testing.Streams;
import org.huying.testing.TestDay;
import org.huying.testing.TestNode;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was decided of a list over HTTP is what {@code scripts/import} writes. */
class DoubtfulListTest {
    private static final Pattern DECIDING = Pattern.compile("/v1/imports/([0-9a-f-]+)/rows/ROW/decision");

    @TempDir
    private Path directory;

    @Test
    void aDoubtfulRowIsDecidedAndWrittenByItsDigest() throws Exception {
        var url = TestServers.createDatabase(DemoTemplate.name());
        try (var node = TestNode.start(url, DemoTemplate.KEYS, TestDay.running())) {
            // given
            var list = Files.writeString(directory.resolve("list.csv"), """
                    姓名,出生日期,证件核验,电话,同意说明
                    舒望,1950-01-01,否,13970001111,同意
                    舒望,1950-01-01,否,13970002222,同意
                    """);
            var checked = imported(node, list, "--commit");
            assertThat(checked.code()).isEqualTo(1);
            var deciding = DECIDING.matcher(checked.err());
            assertThat(deciding.find()).isTrue();

            // when
            var login = new JsonObject().put("username", "admin").put("password", DemoStructure.PASSWORD);
            var anyone = new Api(node.uri());
            var admin = anyone.bearing(
                    anyone.post("/v1/auth/staff", login).withStatus(200).json().getString("accessToken"));
            var decided = admin.put(
                            "/v1/imports/" + deciding.group(1) + "/rows/3/decision",
                            new JsonObject().put("choice", "new"))
                    .withStatus(200)
                    .json();
            var written = imported(node, list, "--commit", "--digest=" + decided.getString("digest"));

            // then
            assertThat(written.err())
                    .endsWith("imported 2 rows: 2 created, 0 changed, 0 unchanged, 0 bad, 0 doubtful\n");
            assertThat(written.code()).isZero();
            var unknown = imported(node, list, "--commit", "--digest=" + "0".repeat(64));
            assertThat(unknown.err()).contains("answers 409: ");
            assertThat(unknown.code()).isEqualTo(2);
        }
    }

    private static Streams imported(TestNode node, Path list, String... options) {
        var words = Stream.concat(
                Stream.of(node.uri().toString(), "admin", "residents", list.toString()), Stream.of(options));
        return Streams.of(() -> Import.run(words.toArray(String[]::new), () -> DemoStructure.PASSWORD));
    }
}
