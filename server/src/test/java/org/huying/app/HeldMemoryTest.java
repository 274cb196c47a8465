package org.huying.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.huying.kernel.MemoryBudget;
import org.huying.testing.Api;
import org.huying.testing.DemoTemplate;
import org.huying.testing.Eventually;
import org.huying.testing.TestClock;
import org.huying.testing.TestDay;
import org.huying.testing.TestNode;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What requests hold of a node's memory is bounded together, and let go however they end. */
class HeldMemoryTest {
    private static final long MIB = 1L << 20;
    private static final long ALL = 96 * MIB;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    private static MemoryBudget memory;
    private static TestNode node;

    private final List<Socket> sockets = new ArrayList<>();

    @BeforeAll
    static void start() {
        memory = new MemoryBudget(ALL);
        node = TestNode.on(
                        TestServers.createDatabase(DemoTemplate.name()),
                        DemoTemplate.KEYS,
                        new TestClock(TestDay.start()))
                .memory(memory)
                .answer();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
        awaitHeld(held -> held == 0);
        assertThat(memory.holders()).isZero();
    }

    @Test
    void aBodyLongerThanItsOperationTakesIsNotRead() throws IOException {
        var socket = connect();
        begin(socket, "/v1/auth/staff", "application/json", "", 4097);

        assertThat(answered(socket)).startsWith("HTTP/1.1 413 ").contains("body_too_large");
        assertThat(memory.bytesHeld()).isZero();
    }

    @Test
    void theSameWithoutALengthIsReadUpToItsBound() throws IOException {
        var socket = connect();
        say(
                socket,
                "POST /v1/auth/refresh HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n2000\r\n"
                        + "x".repeat(0x2000) + "\r\n");

        assertThat(answered(socket)).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void oneWhoHoldsTheirShareWaitsAndTheOthersDoNot() throws IOException {
        // given: somebody who sends a file and does not end
        var greedy = token("demo-resident-1", "192.0.2.1");
        var begun = photo(greedy, "192.0.2.1", 10 * MIB);
        awaitHeld(held -> held >= 30 * MIB);

        // when
        var second = photo(greedy, "192.0.2.1", 2 * MIB);
        var neighbour = photo(token("demo-resident-2", "192.0.2.2"), "192.0.2.2", 5 * MIB);

        // then
        assertThat(answered(second))
                .startsWith("HTTP/1.1 429 ")
                .containsIgnoringCase("retry-after: ")
                .contains("share_used_up");
        awaitHeld(held -> held >= 45 * MIB);
        assertThat(begun.getInputStream().available()).isZero();
        assertThat(neighbour.getInputStream().available()).isZero();
    }

    @Test
    void beyondAllEverybodyIsSentAwayUntilSomebodyLeaves() throws IOException {
        // given
        photo(token("demo-resident-1", "192.0.2.1"), "192.0.2.1", 10 * MIB);
        photo(token("demo-resident-2", "192.0.2.2"), "192.0.2.2", 10 * MIB);
        var third = photo(token("demo-resident-3", "192.0.2.3"), "192.0.2.3", 10 * MIB);
        awaitHeld(held -> held >= 90 * MIB);
        var fourth = photo(token("demo-resident-4", "192.0.2.4"), "192.0.2.4", 3 * MIB);
        assertThat(answered(fourth)).startsWith("HTTP/1.1 503 ").contains("uploads_busy");

        // when: one leaves in the middle of it
        third.close();
        awaitHeld(held -> held < 90 * MIB);

        // then
        photo(token("demo-resident-4", "192.0.2.4"), "192.0.2.4", 3 * MIB);
        awaitHeld(held -> held >= 69 * MIB);
    }

    /** A list of what may be asked for, asked for again and again, and never taken. */
    @Test
    void whoPipelinesAndTakesNothingHoldsFewAnswers() throws IOException {
        var socket = connect();
        socket.setReceiveBufferSize(1024);
        var asked = "GET /openapi.json HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n";
        say(socket, asked.repeat(50));
        awaitHeld(held -> held > 0);

        // another one of the same event loop, and of every other, is answered meanwhile
        for (int i = 0; i < 10; i++) {
            assertThat(new Api(node.uri()).get("/health/live").status()).isEqualTo(200);
        }

        var one = new Api(node.uri()).get("/openapi.json").body().length();
        assertThat(memory.bytesHeld()).isBetween((long) one, 8L * one);
    }

    @Test
    void pipelinedRequestsAreAnsweredInTurnAndHoldNothing() throws IOException {
        var socket = connect();
        var body = new JsonObject().put("refreshToken", "t".repeat(40)).encode();
        var one = "POST /v1/auth/refresh HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 192.0.2.77\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        say(socket, one.repeat(20) + "GET /nothing HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

        var all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(all.split("HTTP/1.1 401 ", -1)).hasSize(21);
        assertThat(all).contains("HTTP/1.1 404 ");
    }

    private Socket connect() throws IOException {
        var socket = new Socket(node.uri().getHost(), node.uri().getPort());
        socket.setSoTimeout((int) LONG_ENOUGH.toMillis());
        sockets.add(socket);
        return socket;
    }

    /** Sends so much of a file of 10 MiB, and then nothing more. */
    private Socket photo(String token, String from, long bytes) throws IOException {
        var socket = connect();
        begin(
                socket,
                "/v1/photos",
                "multipart/form-data; boundary=b",
                "X-Forwarded-For: " + from + "\r\nAuthorization: Bearer " + token + "\r\n",
                10 * MIB + 1000);
        var sent = new byte[(int) bytes];
        try {
            socket.getOutputStream().write(sent);
        } catch (IOException refused) {
            // answered before all of it was taken
        }
        return socket;
    }

    private static void begin(Socket socket, String path, String type, String headers, long length) throws IOException {
        say(
                socket,
                "POST " + path + " HTTP/1.1\r\nHost: h\r\n" + headers + "Content-Type: " + type + "\r\nContent-Length: "
                        + length + "\r\n\r\n");
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The head of an answer, and all of it that came with that. */
    private static String answered(Socket socket) throws IOException {
        var text = new StringBuilder();
        var buffer = new byte[8192];
        while (!text.toString().contains("\"requestId\"")) {
            int read = socket.getInputStream().read(buffer);
            assertThat(read).isPositive();
            text.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    private static String token(String code, String from) {
        return new Api(node.uri())
                .with("X-Forwarded-For", from)
                .post("/v1/auth/wechat", new JsonObject().put("code", code))
                .withStatus(200)
                .json()
                .getString("accessToken");
    }

    private static void awaitHeld(LongPredicate enough) {
        Eventually.until("held as expected", LONG_ENOUGH, () -> enough.test(memory.bytesHeld()));
    }
}
