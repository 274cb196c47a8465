package org.huying.ticket.verify;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.huying.db.FieldCipher;
import org.huying.db.Pools;
import org.huying.ticket.TicketAudit;
import org.huying.ticket.TicketAudit.Stored;
import org.jspecify.annotations.Nullable;

/** Verifies the log of every district of a database. Blocks, and reads only. */
public final class LogVerifier {
    private static final int TICKETS_AT_ONCE = 200;
    private static final int CONNECT_ATTEMPTS = 10;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final TicketAudit audit;
    private final boolean opensTexts;
    private final SavedDigests saved;
    private final Report report;

    /**
     * Makes a verifier for one run.
     *
     * @param cipher   null where the key is not to be had; that words were not looked at is then said
     * @param saved    digests kept outside, against which those of the database are held
     * @param out      for findings and verdict
     * @param progress for how far it has come
     */
    public LogVerifier(@Nullable FieldCipher cipher, SavedDigests saved, PrintStream out, PrintStream progress) {
        this.audit = new TicketAudit(cipher);
        this.opensTexts = cipher != null;
        this.saved = saved;
        this.report = new Report(out, progress);
    }

    /**
     * Whether everything is as it was written; not on an event loop.
     *
     * @param now by which it is judged whether digests are behind
     */
    public boolean run(String databaseUrl, Instant now) {
        var vertx = Vertx.vertx();
        var pool = Pools.forWholeLogs(vertx, "verify", databaseUrl, 1);
        try {
            verify(await(connect(pool, CONNECT_ATTEMPTS).compose(Snapshot::open)), now);
            return report.faults() == 0;
        } finally {
            await(pool.close());
            // Apart: what is chained to a closing would have to be told on an event loop that is gone.
            await(vertx.close());
        }
    }

    private void verify(Snapshot snapshot, Instant now) {
        report.expect(await(snapshot.countTickets()));
        for (var district : await(snapshot.rows(VerifySql.DISTRICTS, Tuple.tuple()))) {
            var districtId = district.getUUID("id");
            var zone = ZoneId.of(district.getString("zone"));
            verifyTickets(snapshot, districtId);
            new DigestCheck(snapshot, report, districtId, zone, saved.of(districtId)).run(now);
        }
        if (!opensTexts) {
            report.note("words were not held against their hashes: no data key was given");
        }
        report.verdict();
    }

    /** The next tickets are on their way while these are verified. */
    private void verifyTickets(Snapshot snapshot, UUID districtId) {
        var coming = snapshot.tickets(districtId, BEFORE_ALL, TICKETS_AT_ONCE);
        for (var batch = await(coming); !batch.isEmpty(); batch = await(coming)) {
            var lastId = batch.get(batch.size() - 1).ticket().getUUID("id");
            coming = snapshot.tickets(districtId, lastId, TICKETS_AT_ONCE);
            verify(batch);
        }
        await(snapshot.rows(VerifySql.ORPHANS, Tuple.of(districtId)))
                .forEach(orphan -> report.ticket(null, orphan.getUUID("ticket_id"), null, "missing row"));
        await(snapshot.rows(VerifySql.CO_REPORTERS, Tuple.of(districtId)))
                .forEach(row -> report.ticket(
                        row.getString("ticket_no"),
                        row.getUUID("ticket_id"),
                        null,
                        "row differs: ticket_co_reporter has somebody of whom no ticket was merged into this one"));
    }

    private void verify(List<Stored> batch) {
        for (var stored : batch) {
            var row = stored.ticket();
            for (var fault : audit.check(stored)) {
                report.ticket(row.getString("ticket_no"), row.getUUID("id"), fault.seq(), fault.what());
            }
            report.verified(stored.events().size());
        }
    }

    /** On a busy machine a first connection takes longer than a pool waits. */
    private static Future<SqlConnection> connect(Pool pool, int attempts) {
        return pool.getConnection()
                .recover(failure -> attempts > 1 ? connect(pool, attempts - 1) : Future.failedFuture(failure));
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
