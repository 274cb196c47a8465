package org.huying.bench;

import static org.huying.bench.BenchNode.await;
import static org.huying.bench.BenchNode.printLoad;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.List;

/** Reports, and lists of tickets when there are many, over HTTP against a whole node and straight on its database. */
final class TicketBench {
    record Size(SubmissionBench.Size reports, TicketListBench.Size lists) {
        static final Size FULL = new Size(SubmissionBench.Size.FULL, TicketListBench.Size.FULL);
        static final Size SMOKE = new Size(SubmissionBench.Size.SMOKE, TicketListBench.Size.SMOKE);
    }

    private TicketBench() {}

    /** Prints tables; what is wrong comes back. The database gets districts of the bench's own. */
    static List<String> run(BenchNode node, Size size) throws Exception {
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            printLoad("before");
            var faults = new ArrayList<>(new SubmissionBench(vertx, node, size.reports()).run());
            printLoad("after the reports");
            faults.addAll(new TicketListBench(vertx, node, size.lists()).run());
            printLoad("after");
            return faults;
        } finally {
            await(vertx.close());
        }
    }
}
