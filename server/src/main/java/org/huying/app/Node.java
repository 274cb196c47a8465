package org.huying.app;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.huying.canteen.FunnelRing;
import org.huying.db.Database;
import org.huying.db.Pools;
import org.huying.db.clock.ClockWatch;
import org.huying.db.job.Side;
import org.huying.db.seal.KeyUse;
import org.huying.db.seal.Reindexing;
import org.huying.http.Door;
import org.huying.identity.InMemoryLoginThrottle;
import org.huying.identity.LoginThrottle;
import org.huying.identity.SharedIdentity;
import org.huying.identity.SharedLoginThrottle;
import org.huying.redis.SharedLocks;
import org.huying.wechat.WeChatUse;

/** A running service: event loops that answer, and the management port. */
public final class Node {
    private static final int SHARED_POOL_SIZE = 2;

    private final Infrastructure infrastructure;
    private final Database database;
    private final ClockWatch clocks;
    private final List<String> deployments = new CopyOnWriteArrayList<>();
    private final AtomicInteger httpPort = new AtomicInteger();
    private final AtomicInteger managementPort = new AtomicInteger();

    /** Does nothing yet, but can be stopped from now on. */
    public Node(Infrastructure infrastructure) {
        this.infrastructure = infrastructure;
        var vertx = infrastructure.vertx();
        var waits = infrastructure.waits();
        var pool = Pools.forService(vertx, "node", infrastructure.databaseUrl(), SHARED_POOL_SIZE, waits);
        this.database = new Database(pool, waits);
        this.clocks = new ClockWatch(vertx, database, infrastructure.clockGuard());
    }

    /**
     * Holds the keys against those of a migrated database, and the clock against its clock. Does not answer yet; before any
     * other connection is made through which sealed values are written.
     */
    public Future<Node> begin() {
        var cipher = infrastructure.keys().cipher();
        var now = infrastructure.clock().instant();
        return database.open()
                .compose(open -> clocks.start())
                .compose(compared -> database.inTransaction(transaction ->
                        KeyUse.begin(transaction, cipher, now).compose(begun -> Reindexing.begin(transaction, now))))
                .map(this);
    }

    /** Fails with {@link WeChatUse.WrongUseException} where the people of the database log in otherwise. */
    public Future<Node> useWeChat(boolean simulated) {
        var now = infrastructure.clock().instant();
        return database.inTransaction(transaction -> WeChatUse.hold(transaction, simulated, now))
                .map(this);
    }

    /** Begins, and starts answering and working off what is due, for callers on this machine; 0 for a free port. */
    public static Future<Node> start(Infrastructure infrastructure, int httpPort, int managementPort) {
        return new Node(infrastructure).begin().compose(node -> node.start(Endpoints.local(httpPort, managementPort)));
    }

    /** The same, but what is due waits. */
    public static Future<Node> answer(Infrastructure infrastructure, int httpPort, int managementPort) {
        return new Node(infrastructure).begin().compose(node -> node.answer(Endpoints.local(httpPort, managementPort)));
    }

    /** Starts answering, and working off what is due. */
    public Future<Node> start(Endpoints endpoints) {
        Means.tell(infrastructure);
        return answer(endpoints).compose(Node::work);
    }

    /** Hashes a password, so not on an event loop. */
    private Future<Node> answer(Endpoints endpoints) {
        var vertx = infrastructure.vertx();
        var realTime = Clock.systemUTC();
        var throttle = new SharedLoginThrottle(
                new SharedLocks(vertx, infrastructure.redisUrls(), LoginThrottle.RULE),
                new InMemoryLoginThrottle(realTime),
                infrastructure.keys().cipher());
        var identity = SharedIdentity.create(
                vertx, database, infrastructure.keys().signing(), throttle, infrastructure.passwordCost(), realTime);
        var ring = new FunnelRing(infrastructure.registry());
        var readiness = new Readiness(infrastructure.draining(), infrastructure.clockGuard(), ring::isAccepting);
        var door = new Door();
        var loop = new AtomicInteger();
        var management = new ManagementVerticle(infrastructure, database, readiness, endpoints, managementPort::set);
        return identity.revoked()
                .start()
                .compose(known -> deploy(new ServiceVerticle(
                        identity,
                        database,
                        clocks,
                        management,
                        infrastructure.eventLoops(),
                        () -> new ApiVerticle(
                                loop.getAndIncrement(),
                                infrastructure,
                                identity,
                                ring,
                                readiness,
                                endpoints,
                                door,
                                httpPort::set))))
                .map(this);
    }

    /** On each side on an event loop of its own. */
    private Future<Node> work() {
        return deploy(new JobsVerticle("jobs", infrastructure, Side.INNER))
                .compose(inner -> deploy(new JobsVerticle("outward-jobs", infrastructure, Side.OUTWARD)))
                .map(this);
    }

    private Future<String> deploy(VerticleBase verticle) {
        return infrastructure.vertx().deployVerticle(verticle).onSuccess(deployments::add);
    }

    public int httpPort() {
        return httpPort.get();
    }

    public int managementPort() {
        return managementPort.get();
    }

    /** Is ready no more and takes no jobs any more, but still serves whoever comes: until balancers have noticed. */
    public void leave() {
        infrastructure.draining().set(true);
    }

    /**
     * Lets the requests and jobs in flight end, and closes everything. Vert.x itself would first close what was made outside of
     * a verticle, while requests still need it.
     */
    public Future<Void> stop() {
        leave();
        var vertx = infrastructure.vertx();
        return Future.join(deployments.stream().map(vertx::undeploy).toList()).transform(ended -> vertx.close());
    }
}
