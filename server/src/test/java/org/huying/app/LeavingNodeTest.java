package org.huying.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.huying.testing.DemoTemplate;
import org.huying.testing.TestDay;
import org.huying.testing.TestNode;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who is told to end says so first, and serves on until nobody is sent to it any more. */
class LeavingNodeTest {
    private static TestNode node;

    @BeforeAll
    static void start() {
        node = TestNode.answering(
                TestServers.createDatabase(DemoTemplate.name()), DemoTemplate.KEYS, TestDay.running());
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

    private static Socket connect(URI to) throws IOException {
        return new Socket(to.getHost(), to.getPort());
    }

    /** One request on a connection that stays; the head of the answer, with its body after it. */
    private static String exchange(Socket socket, String path) throws IOException {
        var request = "GET " + path + " HTTP/1.1\r\nHost: huying.test\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
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
