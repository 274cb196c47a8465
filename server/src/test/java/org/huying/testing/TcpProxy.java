package org.huying.testing;

import static org.huying.testing.TestApp.await;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A way to a server that can go dead without a word, as a network does: connections stay open and nothing comes through.
 */
public final class TcpProxy implements AutoCloseable {
    /** A connection of a client, and where there is one, its continuation to the server. */
    private static final class Way {
        private final NetSocket client;
        private volatile boolean frozen;

        private Way(NetSocket client) {
            this.client = client;
        }
    }

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final NetClient servers = vertx.createNetClient();
    private final Set<Way> ways = ConcurrentHashMap.newKeySet();
    private final String host;
    private final int port;
    private final NetServer listening;
    private volatile boolean frozen;
    private volatile boolean cut;

    /** @param server whose host and port are gone to */
    public TcpProxy(URI server) {
        this.host = server.getHost();
        this.port = server.getPort();
        this.listening =
                await(vertx.createNetServer().connectHandler(this::open).listen(0, "127.0.0.1"));
    }

    /** The same address, by this way. */
    public String instead(String url) {
        return url.replace(host + ":" + port, "127.0.0.1:" + listening.actualPort());
    }

    /** As after a fail-over: the server has lost the connections that there are, their clients learn nothing, new ones work. */
    public void freezeExisting() {
        ways.forEach(way -> way.frozen = true);
    }

    /** As a machine that stands still: connections are taken, and nothing is answered on any. */
    public void freeze() {
        frozen = true;
        freezeExisting();
    }

    /** As when the network says that there is no way: connections end at both sides, and no new ones come about. */
    public void cut() {
        cut = true;
        ways.forEach(way -> way.client.close());
    }

    /** New connections work again; those that froze stay dead. */
    public void thaw() {
        frozen = false;
        cut = false;
    }

    /** How many connections are dead and have not been given up by their clients. */
    public long frozenWays() {
        return ways.stream().filter(way -> way.frozen).count();
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private void open(NetSocket client) {
        var way = new Way(client);
        way.frozen = frozen;
        ways.add(way);
        client.exceptionHandler(gone -> {});
        if (cut) {
            client.close();
            ways.remove(way);
            return;
        }
        if (frozen) {
            client.handler(lost -> {}).closeHandler(closed -> ways.remove(way));
            return;
        }
        client.pause();
        servers.connect(port, host).onSuccess(server -> join(way, server)).onFailure(none -> client.close());
    }

    /** What comes on a frozen way is lost; its server hears that nobody is there any more when it next says something. */
    private void join(Way way, NetSocket server) {
        server.exceptionHandler(gone -> {});
        way.client.handler(bytes -> {
            if (way.frozen) {
                server.close();
            } else {
                server.write(bytes);
            }
        });
        server.handler(bytes -> {
            if (!way.frozen) {
                way.client.write(bytes);
            }
        });
        server.closeHandler(closed -> {
            if (!way.frozen) {
                way.client.close();
            }
        });
        way.client.closeHandler(closed -> {
            ways.remove(way);
            server.close();
        });
        way.client.resume();
    }
}
