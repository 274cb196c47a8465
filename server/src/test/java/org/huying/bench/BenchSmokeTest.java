package org.huying.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.huying.testing.DemoTemplate;
import org.huying.testing.KeyFiles;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each bench runs to its end and finds nothing wrong; in sizes whose figures mean nothing. */
@Tag("long")
class BenchSmokeTest {
    @Test
    void http() throws Exception {
        assertThat(HttpBench.run(HttpBench.Size.SMOKE)).isEmpty();
    }

    @Test
    void bookings() throws Exception {
        assertThat(onNode(node -> BookingBench.run(node, BookingBench.Size.SMOKE)))
                .isEmpty();
    }

    @Test
    void tickets() throws Exception {
        assertThat(onNode(node -> TicketBench.run(node, TicketBench.Size.SMOKE)))
                .isEmpty();
    }

    @Test
    void metrics() throws Exception {
        assertThat(onNode(node -> MetricsBench.run(node, MetricsBench.Size.SMOKE)))
                .isEmpty();
    }

    @Test
    void loginTiming() throws Exception {
        assertThat(onNode(node -> LoginTiming.run(node, LoginTiming.Size.SMOKE)))
                .isEmpty();
    }

    @Test
    void imports(@TempDir Path directory) throws Exception {
        var keys = KeyFiles.generate(directory);
        var url = TestServers.ownerUrl(TestServers.createMigratedDatabase());
        assertThat(BenchNode.on(
                        url,
                        TestServers.redisUrl(),
                        keys.read(),
                        node -> ImportBench.run(node, keys, ImportBench.Size.SMOKE)))
                .isEmpty();
    }

    private static List<String> onNode(BenchNode.Work work) throws Exception {
        var url = TestServers.createDatabase(DemoTemplate.name());
        return BenchNode.on(TestServers.ownerUrl(url), TestServers.redisUrl(), DemoTemplate.KEYS, work);
    }
}
