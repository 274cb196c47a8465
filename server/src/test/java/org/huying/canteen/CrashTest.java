package org.huying.canteen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.app.Keys;
import org.huying.canteen.Attempt.Tried;
import org.huying.demo.embedded.MortalPostgres;
import org.huying.demo.embedded.TestDirectory;
import org.huying.testing.Api;
import org.huying.testing.DemoTemplate;
import org.huying.testing.Eventually;
import org.huying.testing.KeyFiles;
import org.huying.testing.NodeProcess;
import org.huying.testing.TestDay;
import org.huying.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What was acknowledged outlives the sudden death of a node and of the database, and whoever heard nothing asks again
 * under the same key.
 */
@SuppressWarnings("NullAway.Init")
@Tag("long")
class CrashTest {
    private static final int CONNECTIONS = 128;
    private static final int DINERS = 3_000;
    private static final int STRIKE_AFTER = 500;
    private static final int FREELY = 2_500;
    private static final int ROOM_FOR_ALL = DINERS;
    private static final int ROOM_FOR_SOME = 400;
    private static final long READY_SECONDS = 60;

    private static TestDirectory directory;
    private static MortalPostgres postgres;
    private static KeyFiles keyFiles;
    private static Keys keys;
    private static Clock clock;
    private static RushWorld world;

    private Rush rush;

    /** Meals with room for all and meals without. */
    private record Menu(List<UUID> roomy, List<UUID> scarce) {
        List<UUID> all() {
            return Stream.concat(roomy.stream(), scarce.stream()).toList();
        }
    }

    @BeforeAll
    static void start() throws IOException {
        directory = TestDirectory.create();
        postgres = MortalPostgres.start(directory.path().resolve("postgres"));
        keyFiles = KeyFiles.generate(directory.path());
        keys = keyFiles.read();
        DemoTemplate.fill(postgres.ownerUrl(), postgres.url(), keys);
        clock = TestDay.running();
        world = new RushWorld(postgres.url(), keys, clock);
    }

    @AfterAll
    static void stop() throws IOException {
        world.close();
        postgres.close();
        directory.close();
    }

    @BeforeEach
    void open() {
        rush = Rush.onConnections(CONNECTIONS);
    }

    @AfterEach
    void close() {
        rush.close();
    }

    @Test
    void aNodeKilledInMidRushLosesNothingItAcknowledged() throws IOException {
        try (var doomed = NodeProcess.start(postgres.ownerUrl(), postgres.url(), keyFiles, directory.path(), clock)) {
            // given
            var menu = menu(doomed.uri());
            var attempts = attempts(doomed.uri(), menu);

            // when
            var before = rush.run(attempts, Crash.after(STRIKE_AFTER, FREELY, doomed::kill));

            // then
            assertThat(before)
                    .anyMatch(tried -> tried.answer() == null)
                    .allMatch(tried -> tried.answer() == null || tried.isBooked() || isFull(tried, menu));
            try (var next = NodeProcess.start(postgres.ownerUrl(), postgres.url(), keyFiles, directory.path(), clock)) {
                var after = rush.runPersistently(
                        attempts.stream().map(attempt -> attempt.at(next.uri())).toList());
                assertNothingIsLost(before, after, menu);
            }
        }
    }

    @Test
    void aDatabaseKilledInMidRushLosesNothingAndTheNodeRecoversByItself() {
        try (var node = TestNode.start(postgres.url(), keys, clock)) {
            // given
            var menu = menu(node.uri());
            var attempts = attempts(node.uri(), menu);
            var diner = new Api(node.uri()).bearing(attempts.get(0).diner().token());

            // when
            var before = rush.run(attempts, Crash.after(STRIKE_AFTER, FREELY, postgres::kill));
            var meanwhile = List.of(diner.get("/health/ready"), diner.get("/v1/bookings"), diner.get("/v1/me"));
            postgres.startAgain();
            awaitReady(node.uri());
            var after = rush.runPersistently(attempts);

            // then
            assertThat(before)
                    .anyMatch(Tried::isUnavailable)
                    .allMatch(tried -> tried.isUnavailable() || tried.isBooked() || isFull(tried, menu));
            assertThat(meanwhile).allSatisfy(reply -> {
                assertThat(reply.status()).as(reply.text()).isEqualTo(503);
                assertThat(reply.header("Retry-After")).isNotEmpty();
            });
            assertNothingIsLost(before, after, menu);
        }
    }

    private Menu menu(URI node) {
        return new Menu(
                List.of(world.publish(node, ROOM_FOR_ALL), world.publish(node, ROOM_FOR_ALL)),
                List.of(world.publish(node, ROOM_FOR_SOME), world.publish(node, ROOM_FOR_SOME)));
    }

    private List<Attempt> attempts(URI node, Menu menu) {
        var meals = menu.all();
        var attempts = new ArrayList<Attempt>();
        for (var diner : world.diners(DINERS)) {
            attempts.add(new Attempt(node, diner, meals.get(attempts.size() % meals.size()), "key-" + diner.id()));
        }
        return attempts;
    }

    /** Every attempt was made again, in the same order. */
    private void assertNothingIsLost(List<Tried> before, List<Tried> after, Menu menu) {
        assertThat(after).allMatch(tried -> tried.isBooked() || isFull(tried, menu));
        for (int i = 0; i < before.size(); i++) {
            if (before.get(i).isBooked()) {
                var first = Objects.requireNonNull(before.get(i).answer());
                var again = Objects.requireNonNull(after.get(i).answer());
                assertThat(again.body()).isEqualTo(first.body());
                assertThat(again.replayed()).isTrue();
            }
        }
        world.assertThatBooksAgreeWith(after, menu.all());
        assertThat(world.books(menu.roomy()))
                .allSatisfy(books -> assertThat(books.bookings()).isEqualTo(DINERS / 4));
        assertThat(world.books(menu.scarce()))
                .allSatisfy(books -> assertThat(books.bookings()).isEqualTo(ROOM_FOR_SOME));
    }

    private static boolean isFull(Tried tried, Menu menu) {
        return tried.isRefused("meal_full")
                && menu.scarce().contains(tried.attempt().meal());
    }

    /** As a load balancer asks. */
    private static void awaitReady(URI node) {
        Eventually.until(
                "the node recovers",
                Duration.ofSeconds(READY_SECONDS),
                () -> new Api(node).get("/health/ready").status() == 200);
    }
}
