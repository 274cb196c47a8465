package org.huying.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.huying.http.Patience;
import org.huying.testing.Api;
import org.huying.testing.DemoTemplate;
import org.huying.testing.TestClock;
import org.huying.testing.TestNode;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Nobody holds a connection for ever by sending, or taking, a byte now and then. */
@Execution(ExecutionMode.CONCURRENT)
@Tag("long")
class SlowClientTest {
    /** Long enough for a busy machine to stand still in between, and far apart: each is meant to be the first to end. */
    private static final Duration HEAD = Duration.ofSeconds(2);

    private static final Duration EXCHANGE = Duration.ofSeconds(5);
    private static final String HOST = "Host: huying.test\r\n";
    private static final String LOGIN = "POST /v1/auth/refresh HTTP/1.1\r\n" + HOST
            + "Content-Type: application/json\r\nContent-Length: 4000\r\n\r\n";

    private static TestNode node;

    @BeforeAll
    static void start() {
        var patience = new Patience(HEAD, HEAD, EXCHANGE, HEAD);
        node = TestNode.on(TestServers.createDatabase(DemoTemplate.name()), DemoTemplate.KEYS, new TestClock())
                .patience(patience)
                .answer();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void whoDripsHeadersIsCutOff() throws Exception {
        assertThat(told("GET /health/live HTTP/1.1\r\nX: ")).isEmpty();
    }

    @Test
    void whoSaysNothingIsCutOff() throws Exception {
        try (var socket = connect()) {
            assertThat(all(socket.getInputStream())).isEmpty();
        }
    }

    @Test
    void whoDripsABodyHearsThatItTookTooLongAndIsCutOff() throws Exception {
        assertThat(told(LOGIN)).startsWith("HTTP/1.1 408 ").contains("\"code\":\"request_too_slow\"");
    }

    @Test
    void whoDripsABodyThatIsRefusedIsCutOffToo() throws Exception {
        assertThat(told(LOGIN.replace("/refresh", "/nothing"))).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void whoDripsHeadersAfterAnAnswerIsCutOff() throws Exception {
        assertThat(told("GET /health/live HTTP/1.1\r\n" + HOST + "\r\nGET /health/live HTTP/1.1\r\nX: "))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("{\"status\":\"up\"}");
    }

    @Test
    void whoDoesNotTakeAnswersIsCutOff() throws Exception {
        // given
        try (var socket = connect()) {
            socket.setReceiveBufferSize(1024);
            var ask = ("GET /openapi.json HTTP/1.1\r\n" + HOST + "\r\n").getBytes(StandardCharsets.ISO_8859_1);

            // when
            drip(socket, ask).get(60, TimeUnit.SECONDS);
        }

        // then
        assertThat(new Api(node.uri()).get("/health/ready").status()).isEqualTo(200);
    }

    @Test
    void whoAsksAgainAndAgainInTimeStaysConnected() throws Exception {
        var ask = "GET /health/live HTTP/1.1\r\n" + HOST + "\r\n";
        try (var socket = connect()) {
            for (long end = System.nanoTime() + EXCHANGE.plus(HEAD).toNanos(); System.nanoTime() < end; ) {
                socket.getOutputStream().write(ask.getBytes(StandardCharsets.ISO_8859_1));
                assertThat(socket.getInputStream().read()).isEqualTo('H');
                socket.getInputStream().readNBytes(socket.getInputStream().available());
            }
        }
    }

    /** What is said to somebody who sends this, and then a byte now and then until the connection is closed. */
    private static String told(String beginning) throws Exception {
        try (var socket = connect()) {
            socket.getOutputStream().write(beginning.getBytes(StandardCharsets.ISO_8859_1));
            var dripping = drip(socket, new byte[] {'x'});
            var told = all(socket.getInputStream());
            dripping.get(60, TimeUnit.SECONDS);
            return told;
        }
    }

    /** Ends when nothing can be sent any more. */
    private static Future<?> drip(Socket socket, byte[] drop) {
        var thread = Executors.newSingleThreadExecutor();
        var ended = thread.submit(() -> {
            try {
                while (true) {
                    socket.getOutputStream().write(drop);
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            } catch (IOException e) {
                return "cut off";
            }
        });
        thread.shutdown();
        return ended;
    }

    private static Socket connect() throws IOException {
        var socket = new Socket(node.uri().getHost(), node.uri().getPort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    /** All until the connection is closed, in whatever way; a connection that stays open fails. */
    private static String all(InputStream in) throws IOException {
        var all = new StringBuilder();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                all.append((char) b);
            }
        } catch (java.net.SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // Closed while bytes of ours were on their way.
        }
        return all.toString();
    }
}
