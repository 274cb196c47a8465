package org.huying.canteen;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Bookings of one hot meal, and spread over many: through the funnel, and as one transaction each. Run it by hand with
 * the address of an empty database.
 */
final class BookingBench {
    private static final int IN_FLIGHT = 128;
    private static final int WARM_ROUNDS = 4;
    private static final int MICROS_PER_TICK = 10_000;
    private static final int BOOKINGS = 60_000;

    private BookingBench() {}

    public static void main(String[] args) {
        try (var world = new CanteenWorld(args[0])) {
            var diners = world.residents(BOOKINGS, java.time.LocalDate.of(1950, 1, 1));
            var node = world.node(8);
            for (int round = 0; round < WARM_ROUNDS; round++) {
                var hot = meal(world, round);
                measure(
                        "funnel, one meal, round " + round,
                        BOOKINGS,
                        i -> node.funnel().submit(world.request(hot, diners.get(i), 1, false)));
            }
            if (args.length > 1) {
                return;
            }
            var hot6 = meal(world, WARM_ROUNDS);
            var node2 = world.node(8);
            measure(
                    "two funnels, one meal",
                    BOOKINGS,
                    i -> (i % 2 == 0 ? node : node2).funnel().submit(world.request(hot6, diners.get(i), 1, false)));
            for (int size : new int[] {2, 8, 32}) {
                var alone = world.node(size);
                var meal = meal(world, 10 + size);
                measure(
                        "one transaction each, one meal, pool of " + size,
                        1500,
                        i -> alone.batch().run(world.district, List.of(world.request(meal, diners.get(i), 1, false))));
            }
            UUID[] many = new UUID[1000];
            for (int i = 0; i < many.length; i++) {
                many[i] = meal(world, 100 + i);
            }
            measure(
                    "funnel, 1000 meals",
                    BOOKINGS,
                    i -> node.funnel().submit(world.request(many[i % 1000], diners.get(i), 1, false)));
            for (int size : new int[] {8, 16}) {
                var alone = world.node(size);
                measure(
                        "one transaction each, 1000 meals, pool of " + size,
                        1500,
                        i -> alone.batch()
                                .run(
                                        world.district,
                                        List.of(world.request(
                                                many[(i * 7) % 1000], diners.get(BOOKINGS - 1 - i), 1, false))));
            }
            world.rows("""
                            SELECT count(*) FILTER (WHERE m.taken <> t.portions) AS wrong, sum(t.portions)::bigint AS total
                            FROM meal m JOIN (SELECT meal_id, sum(portions) AS portions FROM booking GROUP BY 1) t
                            ON t.meal_id = m.id
                            """).forEach(row -> System.out.println(row.toJson()));
        }
    }

    private static UUID meal(CanteenWorld world, int day) {
        var asked = new NewMeal(
                CanteenWorld.DAY.plusDays(day),
                Period.LUNCH,
                1_000_000,
                CanteenWorld.BEFORE.minusSeconds(60),
                null,
                null,
                null,
                List.of(
                        CanteenWorld.dish("红烧肉", 1200, null),
                        CanteenWorld.dish("青菜", 300, null),
                        CanteenWorld.dish("汤", 200, 900_000)),
                true);
        return world.tx(transaction -> world.node()
                .canteens()
                .createMeal(transaction, world.district, world.canteen, asked, CanteenWorld.BEFORE));
    }

    private static void measure(String what, int count, IntFunction<Future<?>> work) {
        var nanos = new long[count];
        var next = new AtomicInteger();
        var failed = new AtomicInteger();
        var done = new CountDownLatch(count);
        var cpuBefore = cpuMicros();
        long start = System.nanoTime();
        for (int i = 0; i < IN_FLIGHT; i++) {
            one(nanos, next, failed, done, work);
        }
        try {
            done.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        var cpu = cpuMicros();
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%-48s %8.0f/s  p50 %6.1f ms  p99 %6.1f ms  CPU each: here %4d us, database %4d us  failed %d%n",
                what,
                count / seconds,
                nanos[count / 2] / 1e6,
                nanos[count * 99 / 100] / 1e6,
                (cpu[0] - cpuBefore[0]) / count,
                (cpu[1] - cpuBefore[1]) / count,
                failed.get());
    }

    /** Of this process and of the database's, which says more than the clock on a machine that is shared. */
    private static long[] cpuMicros() {
        var own = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        return new long[] {
            own.toNanos() / 1000,
            ProcessHandle.allProcesses()
                    .mapToLong(process -> databaseCpuMicros(Path.of("/proc", Long.toString(process.pid()))))
                    .sum()
        };
    }

    private static long databaseCpuMicros(Path process) {
        try {
            if (!Files.readString(process.resolve("cmdline")).startsWith("postgres: huying bench")) {
                return 0;
            }
            var stat = Files.readString(process.resolve("stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
        } catch (IOException e) {
            return 0;
        }
    }

    private static void one(
            long[] nanos, AtomicInteger next, AtomicInteger failed, CountDownLatch done, IntFunction<Future<?>> work) {
        int i = next.getAndIncrement();
        if (i >= nanos.length) {
            return;
        }
        long start = System.nanoTime();
        work.apply(i).onComplete(result -> {
            nanos[i] = System.nanoTime() - start;
            if (result.failed() && failed.incrementAndGet() == 1) {
                result.cause().printStackTrace();
            }
            done.countDown();
            one(nanos, next, failed, done, work);
        });
    }
}
