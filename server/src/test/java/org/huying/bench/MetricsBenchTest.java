package org.huying.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Clock;
import org.huying.testing.TestKeys;
import org.huying.testing.TestNode;
import org.huying.testing.TestServers;
import org.huying.ticket.RowCheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The bench of the figures invents tickets that could be, and compares what can be compared. */
@Tag("long")
class MetricsBenchTest {
    private static final int TICKETS = 2_000;
    private static final int HOUSEHOLDS = 100;

    @Test
    void theServiceAgreesWithThePlainSqlOverEvents() throws Exception {
        // given
        var url = TestServers.createMigratedDatabase();
        var keys = TestKeys.generate();
        var vertx = Vertx.vertx();
        try (var running = TestNode.answering(url, keys, Clock.systemUTC())) {
            var node =
                    new BenchNode(TestServers.ownerUrl(url), keys, running.uri().getPort());
            var district = new MetricsDistrict(vertx, node.url(), keys, HOUSEHOLDS);
            var load = new MetricsLoad(district);
            var reading = new MetricsReadBench(vertx, node, district, load.end(), MetricsReadBench.Size.SMOKE);

            // when
            load.until(TICKETS / 10);
            load.until(TICKETS);

            // then
            assertThat(reading.faults()).isEmpty();
            assertThat(RowCheck.faults(district::sql, district.id())).isEmpty();
            reading.close();
            district.close();
        } finally {
            BenchNode.await(vertx.close());
        }
    }
}
