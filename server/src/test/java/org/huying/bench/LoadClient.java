package org.huying.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * A closed loop over many keep-alive connections on the loopback: each sends its next request when it has the answer to
 * the last. It writes prepared bytes and reads only status and length, so that on shared cores most of the time is the
 * server's.
 */
final class LoadClient {
    private final Vertx vertx;
    private final int port;
    private final int connections;

    LoadClient(Vertx vertx, int port, int connections) {
        this.vertx = vertx;
        this.port = port;
        this.connections = connections;
    }

    /** Sends requests number 0 to {@code count - 1}; whoever is free takes the next. */
    Future<LoadResult> run(long count, LongFunction<Buffer> request) {
        var result = new LoadResult();
        var next = new AtomicLong();
        var client = vertx.createNetClient();
        List<Future<Void>> ends = new ArrayList<>();
        result.begin();
        for (int i = 0; i < connections; i++) {
            ends.add(connection(client, count, next, request, result));
        }
        return Future.join(ends).map(all -> result.end()).eventually(client::close);
    }

    private Future<Void> connection(
            NetClient client, long count, AtomicLong next, LongFunction<Buffer> request, LoadResult result) {
        Promise<Void> ended = Promise.promise();
        client.connect(port, "127.0.0.1")
                .onFailure(ended::tryFail)
                .onSuccess(socket -> new Connection(socket, count, next, request, result, ended).send());
        return ended.future();
    }

    private static final class Connection {
        private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);

        private final NetSocket socket;
        private final long count;
        private final AtomicLong next;
        private final LongFunction<Buffer> request;
        private final LoadResult result;
        private final Promise<Void> ended;
        private final AtomicBoolean done = new AtomicBoolean();
        private Buffer received = Buffer.buffer();
        private long sentNanos;
        private long number;

        Connection(
                NetSocket socket,
                long count,
                AtomicLong next,
                LongFunction<Buffer> request,
                LoadResult result,
                Promise<Void> ended) {
            this.socket = socket;
            this.count = count;
            this.next = next;
            this.request = request;
            this.result = result;
            this.ended = ended;
            socket.handler(this::receive);
            socket.closeHandler(closed -> {
                if (done.compareAndSet(false, true)) {
                    ended.tryFail("the server closed a connection");
                }
            });
        }

        void send() {
            number = next.getAndIncrement();
            if (number >= count) {
                done.set(true);
                socket.close();
                ended.tryComplete();
                return;
            }
            sentNanos = System.nanoTime();
            socket.write(request.apply(number)).onFailure(ended::tryFail);
        }

        private void receive(Buffer chunk) {
            received = received.length() == 0 ? chunk : received.appendBuffer(chunk);
            int head = endOfHead();
            if (head < 0 || received.length() < head + contentLength(head)) {
                return;
            }
            int status =
                    (received.getByte(9) - '0') * 100 + (received.getByte(10) - '0') * 10 + received.getByte(11) - '0';
            result.note(number, status, System.nanoTime() - sentNanos, received, head);
            received = Buffer.buffer();
            send();
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
