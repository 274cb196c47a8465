package org.huying.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A closed loop over many keep-alive connections on the loopback: each sends its next request when it has the answer to
 * the last. It writes prepared bytes and reads only status and length, so that on shared cores most of the time is the
 * server's.
 */
final class LoadClient {
    private final Vertx vertx;
    private final NetClient client;
    private final int port;
    private final int size;
    private final List<Connection> connections = new ArrayList<>();

    /** Sees each answer, on several event loops. */
    @FunctionalInterface
    interface AnswerReader {
        void read(long number, int status, Buffer answer, int bodyStart);
    }

    private record Run(long count, int step, LongFunction<Buffer> request, AnswerReader reader, LoadResult result) {}

    LoadClient(Vertx vertx, int port, int size) {
        this.vertx = vertx;
        this.client = vertx.createNetClient();
        this.port = port;
        this.size = size;
    }

    /** Opens the connections, which stay open for the runs that follow; those from before are closed. */
    Future<Void> open() {
        connections.forEach(Connection::close);
        connections.clear();
        List<Future<Connection>> opened = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            opened.add(client.connect(port, "127.0.0.1")
                    .map(socket -> new Connection(socket, vertx.getOrCreateContext())));
        }
        return Future.join(opened).map(all -> {
            opened.forEach(connection -> connections.add(connection.result()));
            return null;
        });
    }

    /**
     * Sends requests number 0 to {@code count - 1}. A number is always sent on the same connection, as a person's requests
     * are.
     */
    Future<LoadResult> run(long count, LongFunction<Buffer> request, AnswerReader reader) {
        var run = new Run(count, connections.size(), request, reader, new LoadResult());
        List<Future<Void>> ends = new ArrayList<>();
        run.result().begin();
        for (int i = 0; i < connections.size(); i++) {
            ends.add(connections.get(i).run(run, i));
        }
        return Future.join(ends).map(all -> run.result().end());
    }

    Future<LoadResult> run(long count, LongFunction<Buffer> request) {
        return run(count, request, (number, status, answer, bodyStart) -> {});
    }

    private static final class Connection {
        private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);

        private final NetSocket socket;
        private final Context context;
        private Buffer received = Buffer.buffer();
        private @Nullable Run run;
        private Promise<Void> ended = Promise.promise();
        private long sentNanos;
        private long number;

        Connection(NetSocket socket, Context context) {
            this.socket = socket;
            this.context = context;
            socket.handler(this::receive);
            socket.closeHandler(closed -> ended.tryFail("the server closed a connection"));
        }

        Future<Void> run(Run next, long first) {
            Promise<Void> end = Promise.promise();
            context.runOnContext(nothing -> {
                run = next;
                ended = end;
                number = first;
                send(next);
            });
            return end.future();
        }

        void close() {
            socket.close();
        }

        private void send(Run current) {
            if (number >= current.count()) {
                ended.tryComplete();
                return;
            }
            sentNanos = System.nanoTime();
            socket.write(current.request().apply(number)).onFailure(ended::tryFail);
        }

        private void receive(Buffer chunk) {
            received = received.length() == 0 ? chunk : received.appendBuffer(chunk);
            int head = endOfHead();
            if (head < 0 || received.length() < head + contentLength(head)) {
                return;
            }
            var current = Objects.requireNonNull(run, "an answer to nothing");
            int status =
                    (received.getByte(9) - '0') * 100 + (received.getByte(10) - '0') * 10 + received.getByte(11) - '0';
            current.result().note(status, System.nanoTime() - sentNanos);
            current.reader().read(number, status, received, head);
            received = Buffer.buffer();
            number += current.step();
            send(current);
        }

        private int endOfHead() {
            for (int i = 3; i < received.length(); i++) {
                if (received.getByte(i) == '\n' && received.getByte(i - 2) == '\n') {
                    return i + 1;
                }
            }
            return -1;
        }

        private int contentLength(int head) {
            outer:
            for (int i = 0; i < head - LENGTH.length; i++) {
                for (int j = 0; j < LENGTH.length; j++) {
                    if ((received.getByte(i + j) | 0x20) != (LENGTH[j] | 0x20)) {
                        continue outer;
                    }
                }
                int length = 0;
                for (int k = i + LENGTH.length; received.getByte(k) >= '0' && received.getByte(k) <= '9'; k++) {
                    length = length * 10 + received.getByte(k) - '0';
                }
                return length;
            }
            return 0;
        }
    }
}
