package org.huying.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.huying.demo.district.DemoStructure;
import org.huying.http.Patience;
import org.huying.testing.DemoTemplate;
import org.huying.testing.Eventually;
import org.huying.testing.TestDay;
import org.huying.testing.TestNode;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who is told to end says so first, and serves on until nobody is sent to it any more. */
class LeavingNodeTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    /** With who has just come in, too: a busy machine takes its time. */
    private static final Patience PATIENT = new Patience(LONG, LONG, LONG, LONG);

    private static final String LOGIN = new JsonObject()
            .put("username", "admin")
            .put("password", DemoStructure.PASSWORD)
            .encode();

    private static String url;
    private static TestNode node;

    @BeforeAll
    static void start() {
        url = TestServers.createDatabase(DemoTemplate.name());
        node = TestNode.answering(url, DemoTemplate.KEYS, TestDay.running());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void whoeverIsKeptAliveIsServedOnAndAskedToConnectElsewhere() throws IOException {
        try (var socket = connect(node.uri());
                var management = connect(node.managementUri())) {
            // given
            var before = exchange(socket, "/health/ready");

            // when
            node.leave();
            var after = exchange(socket, "/health/live");
            var readiness = exchange(socket, "/health/ready");

            // then
            assertThat(before).startsWith("HTTP/1.1 200").doesNotContainIgnoringCase("connection: close");
            assertThat(after).startsWith("HTTP/1.1 200").containsIgnoringCase("connection: close");
            assertThat(readiness).startsWith("HTTP/1.1 503").contains("shutting_down");
            assertThat(exchange(management, "/health/ready")).startsWith("HTTP/1.1 503");
        }
    }

    @Test
    void whoHasJustComeInOrIsAtItIsAnsweredAfterTheDoorIsShut() throws Exception {
        var ending = TestNode.on(url, DemoTemplate.KEYS, TestDay.running())
                .patience(PATIENT)
                .answer();
        try (var fresh = connect(ending.uri());
                var halfway = connect(ending.uri());
                var kept = connect(ending.uri())) {
            // given
            begin(halfway);
            assertThat(exchange(kept, "/health/live")).startsWith("HTTP/1.1 200");

            // when
            var end = ending.stop();
            Eventually.until("nobody comes in any more", () -> isShut(ending.uri()));

            // then
            assertThat(exchange(fresh, "/health/live"))
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("connection: close");
            assertThat(fresh.getInputStream().read()).isEqualTo(-1);
            assertThat(finish(halfway)).startsWith("HTTP/1.1 200").contains("accessToken");
            assertThat(kept.getInputStream().read()).isEqualTo(-1);
            await(end);
        }
    }

    private static boolean isShut(URI door) {
        try (var socket = connect(door)) {
            return !socket.isConnected();
        } catch (IOException e) {
            return true;
        }
    }

    /** A login whose body is not all there yet. */
    private static void begin(Socket socket) throws IOException {
        send(
                socket,
                "POST /v1/auth/staff HTTP/1.1\r\nHost: huying.test\r\nContent-Type: application/json\r\nContent-Length: "
                        + LOGIN.length() + "\r\n\r\n" + LOGIN.substring(0, LOGIN.length() / 2));
    }

    private static String finish(Socket socket) throws IOException {
        send(socket, LOGIN.substring(LOGIN.length() / 2));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Socket connect(URI to) throws IOException {
        return new Socket(to.getHost(), to.getPort());
    }

    /** One request on a connection that stays; the head of the answer, with its body after it. */
    private static String exchange(Socket socket, String path) throws IOException {
        send(socket, "GET " + path + " HTTP/1.1\r\nHost: huying.test\r\n\r\n");
        var answer = new StringBuilder();
        while (!answer.toString().endsWith("}")) {
            int read = socket.getInputStream().read();
            if (read < 0) {
                break;
            }
            answer.append((char) read);
        }
        return answer.toString();
    }
}
