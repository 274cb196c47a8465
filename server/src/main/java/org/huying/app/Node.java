package org.huying.app;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.huying.canteen.FunnelRing;
import org.huying.db.Database;
import org.huying.db.Pools;
import org.huying.db.clock.ClockWatch;
import org.huying.db.job.Side;
import org.huying.db.seal.KeyUse;
import org.huying.identity.InMemoryLoginThrottle;
import org.huying.identity.LoginThrottle;
import org.huying.identity.SharedIdentity;
import org.huying.identity.SharedLoginThrottle;
import org.huying.redis.SharedLocks;

/** A running service: event loops that answer, and the management port. */
public final class Node {
    private static final int SHARED_POOL_SIZE = 2;

    private final AtomicInteger httpPort = new AtomicInteger();
    private final AtomicInteger managementPort = new AtomicInteger();

    private Node() {}

    /** Starts answering, and working off what is due. */
    public static Future<Node> start(Infrastructure infrastructure, Endpoints endpoints) {
        Means.tell(infrastructure);
        return answer(infrastructure, endpoints)
                .compose(node -> work(infrastructure).map(node));
    }

    /** The same, for callers on this machine; 0 for a free port. */
    public static Future<Node> start(Infrastructure infrastructure, int httpPort, int managementPort) {
        return start(infrastructure, Endpoints.local(httpPort, managementPort));
    }

    /** Only starts answering, on this machine; what is due waits. */
    public static Future<Node> answer(Infrastructure infrastructure, int httpPort, int managementPort) {
        return answer(infrastructure, Endpoints.local(httpPort, managementPort));
    }

    /** Hashes a password, so not on an event loop. */
    private static Future<Node> answer(Infrastructure infrastructure, Endpoints endpoints) {
        var node = new Node();
        var vertx = infrastructure.vertx();
        var database = new Database(Pools.forService(vertx, "node", infrastructure.databaseUrl(), SHARED_POOL_SIZE));
        var realTime = Clock.systemUTC();
        var throttle = new SharedLoginThrottle(
                new SharedLocks(vertx, infrastructure.redisUrls(), LoginThrottle.RULE),
                new InMemoryLoginThrottle(realTime),
                infrastructure.keys().cipher());
        var identity = SharedIdentity.create(
                vertx, database, infrastructure.keys().signing(), throttle, infrastructure.passwordCost(), realTime);
        var ring = new FunnelRing(infrastructure.registry());
        var readiness = new Readiness(infrastructure.draining(), infrastructure.clockGuard(), ring::isAccepting);
        var clocks = new ClockWatch(vertx, database, infrastructure.clockGuard());
        var loop = new AtomicInteger();
        var loops = new DeploymentOptions().setInstances(infrastructure.eventLoops());
        var cipher = infrastructure.keys().cipher();
        var now = infrastructure.clock().instant();
        return database.open()
                .compose(open -> clocks.start())
                .compose(open -> database.inTransaction(transaction -> KeyUse.begin(transaction, cipher, now)))
                .compose(begun -> identity.revoked().start())
                .compose(known -> vertx.deployVerticle(
                        () -> new ApiVerticle(
                                loop.getAndIncrement(),
                                infrastructure,
                                identity,
                                ring,
                                readiness,
                                endpoints,
                                node.httpPort::set),
                        loops))
                .compose(deployed -> vertx.deployVerticle(new ManagementVerticle(
                        infrastructure, identity, database, clocks, readiness, endpoints, node.managementPort::set)))
                .map(node);
    }

    /** On each side on an event loop of its own. */
    private static Future<Void> work(Infrastructure infrastructure) {
        var vertx = infrastructure.vertx();
        return vertx.deployVerticle(new JobsVerticle("jobs", infrastructure, Side.INNER))
                .compose(inner -> vertx.deployVerticle(new JobsVerticle("outward-jobs", infrastructure, Side.OUTWARD)))
                .mapEmpty();
    }

    public int httpPort() {
        return httpPort.get();
    }

    public int managementPort() {
        return managementPort.get();
    }

    /** Is ready no more and takes no jobs any more, but still serves whoever comes: until balancers have noticed. */
    public static void leave(Infrastructure infrastructure) {
        infrastructure.draining().set(true);
    }

    /** Lets the requests and jobs in flight end, and closes everything. */
    public static Future<Void> stop(Infrastructure infrastructure) {
        leave(infrastructure);
        return infrastructure.vertx().close();
    }
}
