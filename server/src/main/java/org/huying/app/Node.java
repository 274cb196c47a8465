package org.huying.app;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** A running service: event loops that answer, and the management port. */
public final class Node {
    private final AtomicInteger httpPort = new AtomicInteger();
    private final AtomicInteger managementPort = new AtomicInteger();

    private Node() {}

    /**
     * Starts answering.
     *
     * @param httpPort       0 for a free one
     * @param managementPort 0 for a free one
     */
    public static Future<Node> start(Infrastructure infrastructure, int httpPort, int managementPort) {
        var node = new Node();
        var vertx = infrastructure.vertx();
        var loops = new DeploymentOptions().setInstances(infrastructure.eventLoops());
        return vertx.deployVerticle(() -> new ApiVerticle(infrastructure, httpPort, node.httpPort::set), loops)
                .compose(deployed -> vertx.deployVerticle(
                        new ManagementVerticle(infrastructure, managementPort, node.managementPort::set)))
                .map(node);
    }

    public int httpPort() {
        return httpPort.get();
    }

    public int managementPort() {
        return managementPort.get();
    }

    /** Is ready no more, lets the requests in flight end, and closes everything. */
    public static Future<Void> stop(Infrastructure infrastructure) {
        infrastructure.draining().set(true);
        return infrastructure.vertx().close();
    }
}
