package org.huying.programs;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.huying.VerifyLog;
import org.huying.app.Keys;
import org.huying.audit.Recompute;
import org.huying.db.Database;
import org.huying.db.Pools;
import org.huying.demo.district.DemoDistricts;
import org.huying.testing.KeyFiles;
import org.huying.testing.TestNode;
import org.huying.testing.TestServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The README's tour shows something at each of its steps, also when the day, the month or everything is over for today. */
@Tag("long")
class TourTest {
    private static final String EVENING = "2027-02-28T20:30:00+08:00";
    private static final long LOAD_SECONDS = 120;

    @TempDir
    static Path directory;

    private static @Nullable KeyFiles keys;
    private static @Nullable String template;

    /** The demo as it is loaded in the evening; whoever comes later finds it as it was then. */
    @BeforeAll
    static void load() throws Exception {
        Script.require("bash", "curl", "jq");
        keys = KeyFiles.generate(directory);
        var url = TestServers.createMigratedDatabase();
        var vertx = Vertx.vertx();
        var database = Database.forBulk(Pools.forBulk(vertx, "demo", url, 5));
        var owner = Database.forBulk(Pools.forBulk(vertx, "demo-owner", TestServers.ownerUrl(url), 1));
        var loading = new DemoDistricts(vertx, database, owner, keys.read().cipher(), clock(offset(EVENING)))
                .load()
                .eventually(database::close)
                .eventually(owner::close);
        loading.toCompletionStage().toCompletableFuture().get(LOAD_SECONDS, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(LOAD_SECONDS, TimeUnit.SECONDS);
        template = TestServers.databaseName(url);
    }

    @ParameterizedTest
    @CsvSource({EVENING + ", 1", "2027-02-28T23:50:00+08:00, 2", "2027-03-01T00:10:00+08:00, 1"})
    void everyStepShowsWhatItSaysHoweverOften(String now, int times, @TempDir Path there) throws Exception {
        // given
        var url = TestServers.createDatabase(Objects.requireNonNull(template));
        var files = Objects.requireNonNull(keys);
        Keys read = files.read();
        var offset = offset(now);
        try (var node = TestNode.start(url, read, clock(offset))) {
            // when, then
            var settings = Map.ofEntries(
                    entry("HUYING_DATABASE_URL", TestServers.ownerUrl(url)),
                    entry("HUYING_DATA_KEY_FILE", files.data().toString()),
                    entry("HUYING_DEMO_CLOCK_OFFSET", offset.toString()));
            var programs = now.equals(EVENING) ? Map.<String, ToIntFunction<String[]>>of() : inThisJvm(settings);
            for (int i = 0; i < times; i++) {
                var directory = Files.createDirectory(there.resolve("walk-" + i));
                assertShowsAll(Tour.walk(directory, node.uri(), settings, programs));
            }
        }
    }

    private static void assertShowsAll(Tour tour) throws IOException {
        canteen(tour);
        tickets(tour);
        figures(tour);
        people(tour);
        assertThat(tour.printed())
                .hasSameSizeAs(Tour.steps())
                .allSatisfy((step, printed) -> assertThat(printed).doesNotContainPattern("\\bnull\\b"));
    }

    private static Map<String, ToIntFunction<String[]>> inThisJvm(Map<String, String> settings) {
        return Map.of(
                "scripts/verify-log",
                arguments -> VerifyLog.run(arguments, settings),
                "scripts/recompute",
                Recompute::run);
    }

    private static void canteen(Tour tour) throws IOException {
        var me = json(tour.step("Who is who")).get(0);
        assertThat(me.get("displayName").asText()).isNotBlank();
        assertThat(me.get("households")).isNotEmpty();

        var booked = json(tour.step("An elder books"));
        assertThat(booked).hasSize(2);
        assertThat(booked.get(0).get("status").asText()).isEqualTo("booked");
        assertThat(booked.get(0).get("subsidyFen").asInt()).isPositive();
        assertThat(booked.get(0).get("payableFen").asInt())
                .isEqualTo(booked.get(0).get("priceFen").asInt()
                        - booked.get(0).get("subsidyFen").asInt());
        assertThat(booked.get(1).get("status").asInt()).isEqualTo(409);
        assertThat(booked.get(1).get("bookingId").asText()).isNotBlank();

        var kitchen = json(tour.step("The kitchen's view"));
        assertThat(kitchen.get(0).get("portions").asInt()).isEqualTo(1);
        assertThat(kitchen.get(0).get("byDish")).isNotEmpty();
        assertThat(new String(tour.file("kitchen.html"), StandardCharsets.UTF_8))
                .startsWith("<!DOCTYPE html>");
        assertThat(kitchen.get(1).get("served").asInt()).isPositive();
        assertThat(kitchen.get(1).get("subsidyFen").asInt()).isPositive();
    }

    private static void tickets(Tour tour) throws IOException {
        var reported = json(tour.step("Report a broken light")).get(0);
        assertThat(reported.get("status").asText()).isEqualTo("submitted");
        assertThat(reported.at("/responsibleOrg/name").asText()).isNotBlank();
        assertThat(reported.get("resolutionDueAt").asText()).startsWith("2027-03-");

        var mended = json(tour.step("The firm takes it"));
        assertThat(mended.stream()
                        .map(each -> each.isTextual()
                                ? each.asText()
                                : each.get("status").asText()))
                .containsExactly("accepted", "assigned", "in_progress", "resolved", "closed");

        var events = json(tour.step("What happened"));
        assertThat(events).hasSize(7);
        for (int i = 1; i < events.size(); i++) {
            assertThat(events.get(i).get(4)).isEqualTo(events.get(i - 1).get(3));
        }

        assertThat(json(tour.step("A leak is reported")).get(0).get("photos")).hasSize(1);
        var thumbnail = ImageIO.read(new ByteArrayInputStream(tour.file("thumbnail.jpg")));
        assertThat(thumbnail.getWidth()).isPositive();

        var log = tour.step("Nobody can rewrite it");
        var digests = json(log.substring(0, log.lastIndexOf('}') + 1));
        assertThat(digests)
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.get("digest").asText()).matches("[0-9a-f]{64}"));
        assertThat(digests.get(0).get("date")).isEqualTo(digests.get(1).get("date"));
        assertThat(log.substring(log.lastIndexOf('}') + 1)).contains("intact");
    }

    private static void figures(Tour tour) throws IOException {
        var headline = json(tour.step("The headline"));
        assertThat(headline.stream().filter(each -> each.has("rate")))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.get("rateLow").asDouble())
                        .isBetween(0.0, each.get("rate").asDouble()));
        assertThat(headline.stream().filter(each -> each.has("cause"))).hasSize(3);
        assertThat(tour.step("Take nobody's word").lines())
                .endsWith("no difference")
                .hasSizeGreaterThan(5);

        var month = json(tour.step("A month whose last window"));
        assertThat(month.get(0).get("month").asText()).isIn("2026-12", "2027-01");
        assertThat(month.get(0).get("tickets").asInt()).isPositive();
        assertThat(month.get(0).get("rate").asDouble()).isBetween(0.0, 1.0);
        assertThat(month.get(1).get("same").asBoolean()).isTrue();
        assertThat(month.get(2).get("published")).isNotEmpty();
        assertThat(month.subList(3, month.size())).isNotEmpty();
    }

    private static void people(Tour tour) throws IOException {
        var mandate = json(tour.step("A daughter acts"));
        assertThat(mandate.get(0).get("status").asText()).isEqualTo("active");
        assertThat(mandate.get(1).get("status").asText()).isEqualTo("booked");
        assertThat(mandate.get(1).get("subsidyFen").asInt()).isPositive();
        assertThat(mandate.get(2).get("kind").asText()).isNotBlank();
        assertThat(mandate.get(3).asInt()).isEqualTo(204);
        assertThat(json(tour.step("Until the cut-off")))
                .extracting(JsonNode::asText)
                .containsExactly("cancelled", "cancelled");

        var staff = json(tour.step("Staff make accounts"));
        assertThat(staff.get(0).get("activationCode").asText()).isNotBlank();
        assertThat(staff.get(1).get("phone").asText()).matches("[0-9]{11}");
        assertThat(staff.get(2).get("fields")).isNotEmpty();

        assertThat(tour.step("Everything about me")).isEmpty();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(tour.file("my-data.zip")))) {
            assertThat(zip.getNextEntry()).isNotNull();
        }
    }

    /** The values that a step printed one after another. */
    private static List<JsonNode> json(String text) throws IOException {
        var values = new ArrayList<JsonNode>();
        var mapper = new ObjectMapper();
        try (var parser = mapper.createParser(text)) {
            for (JsonNode value = mapper.readTree(parser); value != null; value = mapper.readTree(parser)) {
                values.add(value);
            }
        }
        return values;
    }

    private static Duration offset(String now) {
        return Duration.between(Instant.now(), OffsetDateTime.parse(now));
    }

    private static Clock clock(Duration offset) {
        return Clock.tick(Clock.offset(Clock.systemUTC(), offset), Duration.ofMillis(1));
    }
}
