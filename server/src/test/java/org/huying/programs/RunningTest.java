package org.huying.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.huying.FoundDistrict;
import org.huying.Import;
import org.huying.VerifyLog;
import org.huying.testing.Api;
import org.huying.testing.Streams;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The product as it is started, used by its programs, hurt, stopped, and started again on the same data. */
@Tag("long")
class RunningTest {
    private static final String USERNAME = "first.admin";
    private static final String PASSWORD = "violet tram beneath nine kettles";
    /** Of a process that ended by SIGTERM. */
    private static final int TERMINATED = 143;

    @TempDir
    static Path directory;

    @Test
    void itStandsWhatItGoesThrough() throws Exception {
        var data = directory.resolve("data");
        try (var product = RunningProduct.start(data)) {
            found(product, data);
            importHouseholds(product);
            verified(Script.named("verify-log").with("HUYING_DATA_DIR", data).run());
            childrenAreStartedAgain(product);
            assertThat(product.stop()).isEqualTo(TERMINATED);
        }
        backedUpLostAndRestored(data);
        var settings = Map.of("HUYING_DATA_DIR", data.toString());
        verified(Streams.of(() -> VerifyLog.run(new String[0], settings)));
        try (var product = RunningProduct.start(data)) {
            var login = new JsonObject().put("username", USERNAME).put("password", PASSWORD);
            new Api(product.uri()).post("/v1/auth/staff", login).withStatus(200);
            aChildThatDoesNotStayUpTakesReadinessAlong(product, data);
            assertThat(product.stop()).isEqualTo(TERMINATED);
        }
    }

    private static void found(RunningProduct product, Path data) {
        var founded = Script.named("found-district", "新设县", USERNAME)
                .with("HUYING_DATA_DIR", data)
                .run();
        assertThat(founded.err()).startsWith("founded; the administrator sets a password");
        assertThat(founded.code()).isZero();
        var activation = new JsonObject()
                .put("username", USERNAME)
                .put("activationCode", founded.out().strip())
                .put("password", PASSWORD);
        new Api(product.uri()).post("/v1/auth/activate", activation).withStatus(200);

        var again = founding(data, "新设县");
        assertThat(again.err()).isEqualTo("found-district: there is a district of this name\n");
        assertThat(again.code()).isEqualTo(1);
        var taken = founding(data, "另一县");
        assertThat(taken.err()).isEqualTo("found-district: the user name is taken\n");
        assertThat(taken.code()).isEqualTo(1);
    }

    private static Streams founding(Path data, String name) {
        var arguments = new String[] {name, USERNAME};
        return Streams.of(() -> FoundDistrict.run(arguments, Map.of("HUYING_DATA_DIR", data.toString())));
    }

    private static void importHouseholds(RunningProduct product) throws Exception {
        var login = new JsonObject().put("username", USERNAME).put("password", PASSWORD);
        var anyone = new Api(product.uri());
        var admin = anyone.bearing(
                anyone.post("/v1/auth/staff", login).withStatus(200).json().getString("accessToken"));
        var above = admin.get("/v1/places").items().get(0).getString("id");
        for (var level : new String[] {"town", "community", "compound"}) {
            var place =
                    new JsonObject().put("level", level).put("parentId", above).put("name", "一" + level);
            above = admin.post("/v1/places", level.equals("compound") ? place.put("kind", "compound") : place)
                    .withStatus(201)
                    .id()
                    .toString();
        }
        var good = Files.writeString(directory.resolve("good.csv"), "小区,楼栋-单元-室\n一compound,1栋-1单元-101\n");
        var bad = Files.writeString(directory.resolve("bad.csv"), "小区,楼栋-单元-室\n没有的小区,1栋-1单元-101\n");

        // the file is named from where the caller stands
        var refused = Script.named("import", importing(product, bad.getFileName(), "--commit"))
                .in(directory)
                .reading(PASSWORD + "\n")
                .run();
        assertThat(refused.err()).contains("checked 1 rows: 0 created, 0 changed, 0 unchanged, 1 bad, 0 doubtful\n");
        assertThat(refused.out()).startsWith("row ");
        assertThat(refused.code()).isEqualTo(1);
        var imported = Streams.of(() -> Import.run(importing(product, good, "--commit"), () -> PASSWORD));
        assertThat(imported.err()).endsWith("imported 1 rows: 1 created, 0 changed, 0 unchanged, 0 bad, 0 doubtful\n");
        assertThat(imported.code()).isZero();
        var again = Streams.of(() -> Import.run(importing(product, good), () -> PASSWORD));
        assertThat(again.err()).endsWith("checked 1 rows: 0 created, 0 changed, 1 unchanged, 0 bad, 0 doubtful\n");
        assertThat(again.code()).isZero();
    }

    private static String[] importing(RunningProduct product, Path file, String... options) {
        var arguments = new ArrayList<>(List.of(product.uri().toString(), USERNAME, "households", file.toString()));
        arguments.addAll(List.of(options));
        return arguments.toArray(String[]::new);
    }

    /** By the commands that the operations guide gives for it. */
    private static void backedUpLostAndRestored(Path data) throws IOException {
        var commands = Guide.blocks("Backup and restore");
        assertThat(commands).hasSize(2);
        for (var command : commands) {
            var ended = Script.file(Files.writeString(directory.resolve("command.sh"), command))
                    .in(directory)
                    .run();
            assertThat(ended.err()).isEmpty();
            assertThat(ended.code()).isZero();
            if (Files.exists(data) && command.equals(commands.get(0))) {
                Files.move(data, directory.resolve("lost"));
            }
        }
    }

    private static void verified(Streams ended) {
        assertThat(ended.out()).contains("all intact");
        assertThat(ended.code()).isZero();
    }

    private static void childrenAreStartedAgain(RunningProduct product) throws Exception {
        product.kill("redis-server");
        product.awaitServer("redis-server");
        product.kill("postgres");
        product.awaitReady(true);
        assertThat(product.log()).containsOnlyOnce("PostgreSQL has ended by itself");
        assertThat(product.log()).containsOnlyOnce("Redis has ended by itself");
    }

    private static void aChildThatDoesNotStayUpTakesReadinessAlong(RunningProduct product, Path data) throws Exception {
        product.awaitReady(true);
        Files.writeString(data.resolve("redis/redis.conf"), "no-such-setting 1\n");
        product.kill("redis-server");
        product.awaitReady(false);
        assertThat(product.log()).containsOnlyOnce("Redis does not stay up");
    }
}
