package org.huying.app;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.Supplier;
import org.huying.db.Database;
import org.huying.db.clock.ClockWatch;
import org.huying.identity.SharedIdentity;

/**
 * What answers, and what it shares: the event loops and the management port are deployed by it, so that they have come to
 * their end before what they share is closed.
 */
final class ServiceVerticle extends VerticleBase {
    private final SharedIdentity identity;
    private final Database database;
    private final ClockWatch clocks;
    private final ManagementVerticle management;
    private final int eventLoops;
    private final Supplier<ApiVerticle> loops;

    ServiceVerticle(
            SharedIdentity identity,
            Database database,
            ClockWatch clocks,
            ManagementVerticle management,
            int eventLoops,
            Supplier<ApiVerticle> loops) {
        this.identity = identity;
        this.database = database;
        this.clocks = clocks;
        this.management = management;
        this.eventLoops = eventLoops;
        this.loops = loops;
    }

    @Override
    public Future<?> start() {
        return vertx.deployVerticle(loops, new DeploymentOptions().setInstances(eventLoops))
                .compose(answering -> vertx.deployVerticle(management));
    }

    @Override
    public Future<?> stop() {
        identity.revoked().close();
        clocks.close();
        return database.close();
    }
}
