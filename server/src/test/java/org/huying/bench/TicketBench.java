package org.huying.bench;

import static org.huying.bench.BenchNode.await;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/** Reports, and lists of tickets when there are many, over HTTP against a whole node and straight on its database. */
public final class TicketBench {
    private TicketBench() {}

    /**
     * Prints tables.
     *
     * @param args the address of a database, as {@link BenchNode#run} takes it, which gets districts of the bench's own
     */
    public static void main(String[] args) throws Exception {
        BenchNode.run(args, node -> {
            var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
            try {
                printLoad("before");
                new SubmissionBench(vertx, node).run();
                printLoad("after the reports");
                new TicketListBench(vertx, node).run();
                printLoad("after");
            } finally {
                await(vertx.close());
            }
            return List.of();
        });
        System.exit(0);
    }

    private static void printLoad(String when) {
        System.out.printf(
                Locale.ROOT,
                "load average %s %.2f%n",
                when,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
