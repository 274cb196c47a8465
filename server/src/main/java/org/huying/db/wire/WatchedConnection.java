package org.huying.db.wire;

import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.metrics.ClientMetrics;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.sqlclient.internal.Connection;
import io.vertx.sqlclient.internal.command.CommandBase;
import io.vertx.sqlclient.spi.DatabaseMetadata;

/** A connection that takes note of what is asked and answered on it. */
final class WatchedConnection implements Connection {
    private final Connection inner;
    private final Wire wire;

    /** One that may be used from now on. */
    WatchedConnection(Connection inner, Wire wire) {
        this.inner = inner;
        this.wire = wire;
        wire.connected();
    }

    void cut() {
        wire.cut();
    }

    /** Fails if it has been cut. */
    Future<Void> hold() {
        wire.hold(true);
        return wire.isCut() ? Future.failedFuture(new UnsentException(wire.end())) : Future.succeededFuture();
    }

    void release() {
        wire.hold(false);
    }

    @Override
    public <R> void schedule(CommandBase<R> command, Completable<R> handler) {
        if (wire.isCut()) {
            handler.fail(new UnsentException(wire.end()));
            return;
        }
        wire.asked();
        inner.schedule(command, (result, failure) -> {
            wire.answered();
            handler.complete(result, failure);
        });
    }

    /** Whoever holds it is told when the other side has closed, too; then nothing of it may be left. */
    @Override
    public void init(Holder holder) {
        inner.init(new Holder() {
            @Override
            public void handleEvent(Object event) {
                holder.handleEvent(event);
            }

            @Override
            public void handleClosed() {
                wire.cut();
                holder.handleClosed();
            }

            @Override
            public void handleException(Throwable failure) {
                holder.handleException(failure);
            }
        });
    }

    /** A closing that waits for what the other side owes is bounded as a question is. */
    @Override
    public void close(Holder holder, Completable<Void> promise) {
        wire.asked();
        inner.close(holder, promise);
    }

    @Override
    public boolean isIndeterminatePreparedStatementError(Throwable error) {
        return inner.isIndeterminatePreparedStatementError(error);
    }

    @Override
    public TracingPolicy tracingPolicy() {
        return inner.tracingPolicy();
    }

    @Override
    public SocketAddress server() {
        return inner.server();
    }

    @Override
    public String system() {
        return inner.system();
    }

    @Override
    public String database() {
        return inner.database();
    }

    @Override
    public String user() {
        return inner.user();
    }

    @Override
    public ClientMetrics<?, ?, ?> metrics() {
        return inner.metrics();
    }

    @Override
    public boolean isSsl() {
        return inner.isSsl();
    }

    @Override
    public boolean isValid() {
        return inner.isValid();
    }

    @Override
    public int pipeliningLimit() {
        return inner.pipeliningLimit();
    }

    @Override
    public DatabaseMetadata getDatabaseMetaData() {
        return inner.getDatabaseMetaData();
    }

    @Override
    public int getProcessId() {
        return inner.getProcessId();
    }

    @Override
    public int getSecretKey() {
        return inner.getSecretKey();
    }

    @Override
    public Connection unwrap() {
        return inner.unwrap();
    }
}
