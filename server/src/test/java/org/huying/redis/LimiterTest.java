package org.huying.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.huying.kernel.Limit;
import org.huying.kernel.Refusal;
import org.huying.testing.Eventually;
import org.huying.testing.TcpProxy;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimiterTest {
    private static final List<String> NO_REDIS = List.of("redis://127.0.0.1:1");
    private static final Limit THREE = new Limit(3, Duration.ofHours(1));

    private final Vertx vertx = Vertx.vertx();
    private final List<String> redis = List.of(TestServers.redisUrl());
    private final String name = "test:" + UUID.randomUUID();

    @AfterEach
    void tearDown() {
        wait(vertx.close());
    }

    @Test
    void theNodesCountTogether() {
        // given
        var here = new Limiter(vertx, redis, new LocalCounters());
        var there = new Limiter(vertx, redis, new LocalCounters());

        // when
        var left = Stream.of(here, there, here)
                .map(node -> wait(node.take(name, THREE)))
                .toList();

        // then
        assertThat(left).extracting(Limiter.Left::permits).containsExactly(2, 1, 0);
        assertThat(left)
                .allSatisfy(each -> assertThat(each.window()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1)));
        assertThatThrownBy(() -> wait(there.take(name, THREE)))
                .isInstanceOfSatisfying(
                        Refusal.TooMany.class,
                        refusal -> assertThat(refusal.retryAfter())
                                .isBetween(Duration.ofMinutes(59), Duration.ofHours(1)));
    }

    @Test
    void manyAtOnceGetAsManyPermitsAsThereAre() {
        // given
        var nodes = Stream.generate(() -> new Limiter(vertx, redis, new LocalCounters()))
                .limit(3)
                .toList();

        // when
        var all = Stream.iterate(0, n -> n + 1)
                .limit(30)
                .map(n -> nodes.get(n % 3).take(name, THREE))
                .toList();
        wait(Future.join(all).otherwiseEmpty());

        // then
        assertThat(all).filteredOn(Future::succeeded).hasSize(3);
    }

    @Test
    void beingRefusedDoesNotMoveTheWindow() {
        // given
        var limiter = new Limiter(vertx, redis, new LocalCounters());
        wait(limiter.take(name, THREE));
        wait(command(Request.cmd(Command.PEXPIRE, "huying:limit:" + name, 60_000)));

        // when
        for (int i = 0; i < 5; i++) {
            wait(limiter.take(name, THREE).otherwiseEmpty());
        }

        // then
        assertThat(wait(command(Request.cmd(Command.PTTL, "huying:limit:" + name)))
                        .toLong())
                .isLessThanOrEqualTo(60_000);
    }

    @Test
    void theWindowEndsAndACountWithoutAnEndGetsOne() {
        // given
        var limiter = new Limiter(vertx, redis, new LocalCounters());
        for (int i = 0; i < 4; i++) {
            wait(limiter.take(name, THREE).otherwiseEmpty());
        }

        // when: what Redis does at the end of the window, and what should not be there
        wait(command(Request.cmd(Command.DEL, "huying:limit:" + name)));
        var anew = wait(limiter.take(name, THREE));
        wait(command(Request.cmd(Command.PERSIST, "huying:limit:" + name)));
        var endless = wait(limiter.take(name, THREE));

        // then
        assertThat(anew.permits()).isEqualTo(2);
        assertThat(endless.window()).isEqualTo(THREE.window());
        assertThat(wait(command(Request.cmd(Command.PTTL, "huying:limit:" + name)))
                        .toLong())
                .isPositive();
    }

    @Test
    void connectionsToRedisThatDiedAreReplacedWhileTheyStayDead() {
        // given
        try (var way = new TcpProxy(URI.create(redis.get(0)))) {
            var limiter = new Limiter(vertx, List.of(way.instead(redis.get(0))), new LocalCounters());
            var direct = new Limiter(vertx, redis, new LocalCounters());
            wait(limiter.take(name, new Limit(1_000, Duration.ofHours(1))));

            // when
            way.freezeExisting();

            // then: counted together again
            Eventually.until("counted in Redis again", () -> {
                var before = wait(direct.take(name, new Limit(1_000, Duration.ofHours(1))));
                var after = wait(limiter.take(name, new Limit(1_000, Duration.ofHours(1))));
                return after.permits() == before.permits() - 1;
            });
        }
    }

    @Test
    void withoutRedisEachNodeCountsForAllOfItsEventLoops() {
        // given
        var local = new LocalCounters();
        var loops = Stream.generate(() -> new Limiter(vertx, NO_REDIS, local))
                .limit(2)
                .toList();
        var otherNode = new Limiter(vertx, NO_REDIS, new LocalCounters());

        // when
        for (int i = 0; i < 3; i++) {
            wait(loops.get(i % 2).take(name, THREE));
        }

        // then
        assertThatThrownBy(() -> wait(loops.get(0).take(name, THREE))).isInstanceOf(Refusal.TooMany.class);
        assertThatThrownBy(() -> wait(loops.get(1).take(name, THREE))).isInstanceOf(Refusal.TooMany.class);
        assertThat(wait(otherNode.take(name, THREE)).permits()).isEqualTo(2);
    }

    private Future<Response> command(Request request) {
        return Redis.createClient(vertx, TestServers.redisUrl()).send(request);
    }

    private static <T> T wait(Future<T> future) {
        try {
            return future.await(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
