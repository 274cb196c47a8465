package org.huying.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.huying.testing.TestApp.await;

import io.vertx.core.Vertx;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import org.huying.db.Database;
import org.huying.db.Pools;
import org.huying.db.clock.ClockGuard;
import org.huying.testing.TcpProxy;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One event loop whose connections are dead is enough for a node not to be ready, whichever it is. */
class ReadinessTest {
    private static final int LOOPS = 3;

    private final Vertx vertx = Vertx.vertx();
    private final String url = TestServers.createDatabase();

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void everyEventLoopIsAsked(int dead) {
        try (var way = new TcpProxy(URI.create(url))) {
            // given
            var readiness = new Readiness(new AtomicBoolean(), ClockGuard.trusting(), () -> true);
            for (int loop = 0; loop < LOOPS; loop++) {
                var database =
                        new Database(Pools.forService(vertx, "loop-" + loop, loop == dead ? way.instead(url) : url, 1));
                await(database.open());
                readiness.join(new Pulse(vertx, database));
            }
            assertThatCode(() -> await(readiness.check())).doesNotThrowAnyException();

            // when
            way.cut();

            // then
            assertThatThrownBy(() -> await(readiness.check())).hasStackTraceContaining("database_unavailable");
        }
    }
}
