package org.huying.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.huying.testing.TestApp;
import org.huying.ticket.verify.LogVerifier;
import org.huying.ticket.verify.SavedDigests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/**
 * Whatever is sent, the service answers as its contract says, tells nothing of its inside, and stays well. The requests
 * are made from the contract, so an operation that is added is asked too. {@code -Dhuying.fuzz.seed=…} makes the same
 * requests again, as far as what they are made from comes back in the same order.
 */
@Tag("long")
class FuzzTest {
    private static final int REQUESTS = Integer.getInteger("huying.fuzz.requests", 20_000);
    private static final int STORING_ROUNDS = 12;
    private static final int IN_FLIGHT = 24;
    /**
     * What need not be taken. A meal is closed on its day at the earliest, and today has few; an import takes no file that
     * is made up, so there is none with rows to decide on, or to undo.
     */
    private static final Set<String> SELDOM = Set.of("closeMeal", "startImport", "decideImportRow", "undoImport");

    private static final int RAW_ROUNDS = 3;
    private static final String OPEN_TRANSACTIONS = """
            SELECT count(*) AS open FROM pg_stat_activity
            WHERE datname = current_database() AND state LIKE 'idle in transaction%'
              AND state_change < now() - interval '10 seconds'
            """;
    private static final long SEED = Long.getLong("huying.fuzz.seed", System.nanoTime() & 0xffff_ffffL);

    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final Queue<String> ERRORS = new ConcurrentLinkedQueue<>();
    private static final AppenderBase<ILoggingEvent> ERROR_LOG = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
                var thrown = event.getThrowableProxy();
                ERRORS.add(event.getLoggerName() + ": " + event.getFormattedMessage()
                        + (thrown == null ? "" : " " + thrown.getClassName() + ": " + thrown.getMessage()));
            }
        }
    };

    private static FuzzWorld world;
    private static Recipes recipes;

    @BeforeAll
    static void begin() {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ERROR_LOG.setContext(root.getLoggerContext());
        ERROR_LOG.start();
        root.addAppender(ERROR_LOG);
        world = FuzzWorld.of(APP, SEED);
        recipes = new Recipes(world);
        System.out.println("huying.fuzz.seed=" + SEED);
    }

    @AfterAll
    static void end() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(ERROR_LOG);
    }

    @Test
    void whateverIsAskedIsAnsweredAsTheContractSays() throws Exception {
        // given
        var oracle = new Oracle();
        var next = new AtomicInteger();
        var threads = Executors.newFixedThreadPool(IN_FLIGHT);

        // when
        var gunners = new ArrayList<Future<?>>();
        for (int i = 0; i < IN_FLIGHT; i++) {
            gunners.add(threads.submit(() -> {
                var gunner = world.gunner(oracle, recipes);
                for (int n = next.getAndIncrement(); oracle.asked() < REQUESTS; n = next.getAndIncrement()) {
                    gunner.fire(new Random(SEED * 31 + n));
                }
            }));
        }
        threads.shutdown();

        // then
        try {
            for (var gunner : gunners) {
                gunner.get(15, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
        System.out.println("judged=" + oracle.asked() + " of " + next.get() + " sent: " + oracle.counts());
        assertThat(oracle.findings()).as("seed %d", SEED).isEmpty();
        assertThat(oracle.asked()).isGreaterThanOrEqualTo(REQUESTS);
        assertThat(oracle.busy()).as("told to come later").isLessThan(oracle.asked() / 100);
        thenTheServiceIsWell();
    }

    @Test
    void whatIsStoredReadsBackAsItWasSent() throws Exception {
        // given
        var oracle = new Oracle();
        var gunner = world.gunner(oracle, recipes);

        // when
        var taken = new TreeMap<String, Integer>();
        var writing = world.contract().operations().stream()
                .filter(operation -> !operation.method().name().equals("GET") && operation.needsLogin())
                .toList();
        for (int round = 0; round < STORING_ROUNDS; round++) {
            // nobody makes so many accounts, nor registers so many, in an hour
            APP.forgetLimit("account");
            APP.forgetLimit("register");
            for (var operation : writing) {
                boolean isTaken = gunner.store(operation, new Random(SEED * 37 + oracle.asked()));
                taken.merge(operation.id(), isTaken ? 1 : 0, Integer::sum);
            }
        }

        // then
        System.out.println("taken " + taken + " of " + oracle.counts() + " refused before " + recipes.refusals());
        assertThat(oracle.findings()).as("seed %d", SEED).isEmpty();
        taken.keySet().removeAll(SELDOM);
        assertThat(taken)
                .as("times taken, seed %d", SEED)
                .allSatisfy(
                        (operation, times) -> assertThat(times).as(operation).isPositive());
        thenTheServiceIsWell();
    }

    @Test
    void whatIsSmuggledInIsNeverAnswered() throws IOException {
        try (var wire = new Wire(APP.uri())) {
            for (var shape : RawShapes.smuggling()) {
                var told = wire.sendAndHearAll(Wire.latin(shape));
                assertThat(told.split("HTTP/1\\.[01] [0-9]{3}", -1))
                        .as("%s\n-> %s", shape, told)
                        .hasSize(2);
                assertThat(told).as(shape).startsWith("HTTP/1.1 4");
            }
        }
        thenTheServiceIsWell();
    }

    @Test
    void whatIsNoHttpIsRefused() throws IOException {
        // given
        var oracle = new Oracle();

        // when
        try (var wire = new Wire(APP.uri())) {
            for (int round = 0; round < RAW_ROUNDS; round++) {
                for (var shape : RawShapes.others()) {
                    var reply = wire.send(Wire.latin(shape));
                    // The server itself says 501 to another version of HTTP.
                    var logged = ERRORS.poll();
                    if (logged != null) {
                        oracle.found("logged as an error", FuzzWorld.shotOf(shape), logged);
                    }
                    if (reply != null && reply.status() != 501) {
                        oracle.judge(FuzzWorld.shotOf(shape), reply);
                    }
                }
                for (var beginning : RawShapes.abandoned()) {
                    wire.sendAndLeave(Wire.latin(beginning));
                }
            }
        }

        // then
        assertThat(oracle.findings()).isEmpty();
        thenTheServiceIsWell();
    }

    /**
     * It is ready, its database has a connection for everybody, it found no fault in itself, the event log is whole, and
     * nobody took from the demo's people what they came with.
     */
    private static void thenTheServiceIsWell() {
        assertThat(APP.anyone().get("/health/ready").status()).isEqualTo(200);
        for (var caller : world.callers()) {
            assertThat(world.helper().as(caller).get("/v1/me").status())
                    .as(caller)
                    .isEqualTo(200);
        }
        assertThat(List.copyOf(ERRORS)).as("logged as errors, seed %d", SEED).isEmpty();
        long open = await(APP.database()
                .inTransaction(transaction -> transaction
                        .query(OPEN_TRANSACTIONS)
                        .execute()
                        .map(rows -> rows.iterator().next().getLong("open"))));
        assertThat(open).as("transactions left open").isZero();
        var verdict = new ByteArrayOutputStream();
        var isIntact = new LogVerifier(
                        APP.cipher(),
                        SavedDigests.none(),
                        new PrintStream(verdict, true, StandardCharsets.UTF_8),
                        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run(APP.databaseUrl(), APP.clock().instant());
        assertThat(isIntact).as(verdict.toString(StandardCharsets.UTF_8)).isTrue();
    }
}
