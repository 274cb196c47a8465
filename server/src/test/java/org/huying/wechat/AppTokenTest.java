package org.huying.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.huying.kernel.Refusal;
import org.huying.redis.SharedValues;
import org.huying.testing.DemoTemplate;
import org.huying.testing.TestClock;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One token for all nodes, and one question for all that have none. */
class AppTokenTest {
    private static final List<String> NO_REDIS = List.of("redis://127.0.0.1:1");

    private final Vertx vertx = Vertx.vertx();
    private final TestClock clock = new TestClock(Instant.now());
    private final List<String> redis = List.of(TestServers.redisUrl());
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger forced = new AtomicInteger();
    private final AtomicInteger number = new AtomicInteger();
    /** Its own, whatever the Redis of this run still holds. */
    private final String appId = "app-" + UUID.randomUUID();

    private volatile long expiresIn = 7_200;
    private HttpServer wechat;

    @BeforeEach
    void setUp() throws TimeoutException {
        wechat = vertx.createHttpServer()
                .requestHandler(this::stableToken)
                .listen(0, "127.0.0.1")
                .await(5, TimeUnit.SECONDS);
    }

    @AfterEach
    void tearDown() throws TimeoutException {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void manyAtOnceAskOnce() {
        // given
        var token = token(redis);

        // when
        var all = Stream.generate(token::get).limit(50).toList().stream()
                .map(AppTokenTest::wait)
                .toList();

        // then
        assertThat(all).containsOnly("token-0");
        assertThat(asked.get()).isEqualTo(1);
    }

    @Test
    void theNodesShareIt() {
        // given
        wait(token(redis).get());

        // when
        var other = wait(token(redis).get());

        // then
        assertThat(other).isEqualTo("token-0");
        assertThat(asked.get()).isEqualTo(1);
    }

    @Test
    void withoutRedisEachNodeAsksForItself() {
        assertThat(wait(token(NO_REDIS).get())).isEqualTo("token-0");
        assertThat(wait(token(NO_REDIS).get())).isEqualTo("token-0");
        assertThat(asked.get()).isEqualTo(2);
        assertThat(forced.get()).isZero();
    }

    @Test
    void itIsAskedForAgainALittleBeforeItEnds() {
        // given
        var token = token(redis);
        wait(token.get());

        // when
        clock.advance(Duration.ofSeconds(6_899));
        wait(token.get());
        var before = asked.get();
        clock.advance(Duration.ofSeconds(1));
        wait(token.get());

        // then
        assertThat(before).isEqualTo(1);
        assertThat(asked.get()).isEqualTo(2);
    }

    @Test
    void whatAnotherNodeOrWeChatHasAlreadyReplacedIsNotForced() {
        // given
        var token = token(redis);
        var other = token(NO_REDIS);
        wait(token.get());
        wait(other.get());
        number.incrementAndGet();

        // when
        var here = wait(token.insteadOf("token-0"));
        var there = wait(other.insteadOf("token-0"));

        // then
        assertThat(List.of(here, there)).containsOnly("token-1");
        assertThat(forced.get()).isZero();
    }

    @Test
    void theSameRefusedTokenIsForcedOnceByAllWhoWait() {
        // given
        var token = token(redis);
        wait(token.get());

        // when
        var all = Stream.generate(() -> token.insteadOf("token-0")).limit(8).toList().stream()
                .map(AppTokenTest::wait)
                .toList();

        // then
        assertThat(all).containsOnly("token-1");
        assertThat(forced.get()).isEqualTo(1);
        // WeChat forces 20 a day only: not again at once.
        assertThatThrownBy(() -> wait(token.insteadOf("token-1"))).isInstanceOf(Refusal.Unavailable.class);
        assertThat(forced.get()).isEqualTo(1);
        clock.advance(Duration.ofMinutes(10));
        assertThat(wait(token.insteadOf("token-1"))).isEqualTo("token-2");
    }

    @Test
    void noTokenMeansLater() {
        // given
        expiresIn = -1;

        // when, then
        assertThatThrownBy(() -> wait(token(redis).get())).isInstanceOf(Refusal.Unavailable.class);
    }

    @Test
    void nodesThatNeedItAtOnceAskOnce() {
        // given
        var nodes = Stream.generate(() -> token(redis)).limit(3).toList();

        // when
        var all = nodes.stream().map(AppToken::get).toList().stream()
                .map(AppTokenTest::wait)
                .toList();

        // then
        assertThat(all).containsOnly("token-0");
        assertThat(asked.get()).isEqualTo(1);
    }

    @Test
    void nodesThatAreRefusedAtOnceForceOnce() {
        // given
        var nodes = Stream.generate(() -> token(redis)).limit(3).toList();
        nodes.forEach(node -> wait(node.get()));

        // when
        var all = nodes.stream().map(node -> node.insteadOf("token-0")).toList().stream()
                .map(AppTokenTest::wait)
                .toList();

        // then
        assertThat(all).containsOnly("token-1");
        assertThat(forced.get()).isEqualTo(1);
    }

    @Test
    void afterANodeThatGotNoneTheNextAsks() {
        // given
        expiresIn = -1;
        assertThatThrownBy(() -> wait(token(redis).get())).isInstanceOf(Refusal.Unavailable.class);
        expiresIn = 7_200;

        // when, then
        assertThat(wait(token(redis).get())).isEqualTo("token-0");
        assertThat(asked.get()).isEqualTo(2);
    }

    @Test
    void whoeverWaitsGoesOnOnTheirOwnEventLoop() {
        // given
        var token = token(redis);
        var here = vertx.getOrCreateContext();
        var there = Promise.<Boolean>promise();
        var first = token.get();

        // when
        here.runOnContext(nothing -> token.get().onComplete(done -> there.complete(Vertx.currentContext() == here)));

        // then
        wait(first);
        assertThat(wait(there.future())).isTrue();
    }

    private AppToken token(List<String> redisUrls) {
        return new AppToken(
                vertx,
                "http://127.0.0.1:" + wechat.actualPort(),
                appId,
                "secret",
                new SharedValues(vertx, redisUrls),
                DemoTemplate.KEYS.cipher(),
                clock);
    }

    private void stableToken(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            asked.incrementAndGet();
            if (body.toJsonObject().getBoolean("force_refresh")) {
                forced.incrementAndGet();
                number.incrementAndGet();
            }
            var answer = expiresIn < 0
                    ? new JsonObject().put("errcode", 40125).put("errmsg", "invalid appsecret")
                    : new JsonObject()
                            .put("access_token", "token-" + number.get())
                            .put("expires_in", expiresIn);
            request.response().end(answer.encode());
        });
    }

    private static <T> T wait(Future<T> future) {
        try {
            return future.await(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
