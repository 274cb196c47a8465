package org.huying.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.huying.testing.Api;
import org.huying.testing.KeyFiles;
import org.huying.testing.NodeProcess;
import org.huying.testing.TestDay;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What anybody can send does not fill the heap, however many send it. */
@Tag("long")
class SmallHeapTest {
    private static final int CONNECTIONS = 1_500;
    private static final int CHUNK_BYTES = 64 << 10;
    private static final int CHUNKS = 2;
    private static final String OPTIONS = "-Xmx160m -XX:+ExitOnOutOfMemoryError";

    @TempDir
    private Path directory;

    @Test
    void bodiesOfStrangersTogetherAreMoreThanTheHeap() throws IOException {
        // given
        var database = TestServers.createDatabase();
        var keys = KeyFiles.generate(directory);
        var sockets = new ArrayList<Socket>();
        try (var node = NodeProcess.start(
                TestServers.ownerUrl(database),
                database,
                keys,
                directory,
                TestDay.running(),
                Map.of("JAVA_TOOL_OPTIONS", OPTIONS))) {
            // when: none of them ends
            var begun = ("POST /v1/auth/refresh HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n"
                            + (Integer.toHexString(CHUNK_BYTES) + "\r\n" + "x".repeat(CHUNK_BYTES) + "\r\n")
                                    .repeat(CHUNKS))
                    .getBytes(StandardCharsets.ISO_8859_1);
            for (int i = 0; i < CONNECTIONS; i++) {
                var socket = new Socket(node.uri().getHost(), node.uri().getPort());
                sockets.add(socket);
                socket.getOutputStream().write(begun);
            }

            // then
            assertThat(node.isAlive()).isTrue();
            assertThat(new Api(node.uri()).get("/health/ready").status()).isEqualTo(200);
            var first = sockets.get(0).getInputStream();
            assertThat(new String(first.readNBytes(12), StandardCharsets.ISO_8859_1))
                    .isEqualTo("HTTP/1.1 413");
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }
}
