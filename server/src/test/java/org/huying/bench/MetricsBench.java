package org.huying.bench;

import static org.huying.bench.BenchNode.await;
import static org.huying.bench.BenchNode.printLoad;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The figures with many tickets: how fast they are read, and what they cost those who write. */
final class MetricsBench {
    /** @param tickets how many there are in the end; a tenth of them are measured first */
    record Size(long tickets, int households, MetricsReadBench.Size reading, MetricsWriteBench.Size writing) {
        static final Size FULL = new Size(1_000_000, 12_000, MetricsReadBench.Size.FULL, MetricsWriteBench.Size.FULL);
        static final Size SMOKE = new Size(500, 100, MetricsReadBench.Size.SMOKE, MetricsWriteBench.Size.SMOKE);

        Size withTickets(@Nullable Long count) {
            return count == null ? this : new Size(count, households, reading, writing);
        }
    }

    private MetricsBench() {}

    /** Prints tables; what the service and plain SQL do not agree on comes back. The node's user is a superuser. */
    static List<String> run(BenchNode node, Size size) throws Exception {
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            return run(vertx, node, size);
        } finally {
            await(vertx.close());
        }
    }

    private static List<String> run(Vertx vertx, BenchNode node, Size size) throws Exception {
        var count = size.tickets();
        var faults = new ArrayList<String>();
        var district = new MetricsDistrict(vertx, node.url(), node.keys(), size.households());
        var load = new MetricsLoad(district);
        var reading = new MetricsReadBench(vertx, node, district, load.end(), size.reading());
        printLoad("before");
        for (var tickets : List.of(count / 10, count)) {
            load.until(tickets);
            System.err.println("comparing with the plain SQL over events");
            faults.addAll(reading.faults());
            reading.measure();
        }
        reading.print(count / 10, count);
        printLoad("after reading");
        var writing = new MetricsWriteBench(vertx, node, district, size.writing());
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
}
