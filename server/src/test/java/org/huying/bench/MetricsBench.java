package org.huying.bench;

import static org.huying.bench.BenchNode.await;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The figures with many tickets: how fast they are read, and what they cost those who write. */
public final class MetricsBench {
    private static final long TICKETS = 1_000_000;
    private static final int HOUSEHOLDS = 12_000;

    private MetricsBench() {}

    /**
     * Prints tables.
     *
     * @param args how many tickets there are in the end, and the address of a database, as {@link BenchNode#run} takes it,
     *     whose user is a superuser; both may be left out
     */
    public static void main(String[] args) throws Exception {
        var hasCount = args.length > 0 && args[0].chars().allMatch(Character::isDigit);
        var count = hasCount ? Long.parseLong(args[0]) : TICKETS;
        var rest = hasCount ? Arrays.copyOfRange(args, 1, args.length) : args;
        var faults = BenchNode.run(rest, node -> {
            var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
            try {
                return run(vertx, node, count);
            } finally {
                await(vertx.close());
            }
        });
        faults.forEach(fault -> System.out.println("WRONG: " + fault));
        System.exit(faults.isEmpty() ? 0 : 1);
    }

    private static List<String> run(Vertx vertx, BenchNode node, long count) throws Exception {
        var faults = new ArrayList<String>();
        var district = new MetricsDistrict(vertx, node.url(), node.keys(), HOUSEHOLDS);
        var load = new MetricsLoad(district);
        var reading = new MetricsReadBench(vertx, node, district, load.end());
        printLoad("before");
        for (var tickets : List.of(count / 10, count)) {
            load.until(tickets);
            System.err.println("comparing with the plain SQL over events");
            faults.addAll(reading.faults());
            reading.measure();
        }
        reading.print(count / 10, count);
        printLoad("after reading");
        var writing = new MetricsWriteBench(vertx, node, district);
        writing.run();
        faults.addAll(reading.faults());
        printLoad("after writing");
        if (faults.isEmpty()) {
            System.out.println("the service and the plain SQL over events agreed on every count");
        }
        reading.close();
        writing.close();
        district.close();
        return faults;
    }

    private static void printLoad(String when) {
        System.out.printf(
                Locale.ROOT,
                "load average %s %.2f%n",
                when,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
