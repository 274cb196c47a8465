package org.huying.ticket;

import static org.huying.ticket.TicketWorld.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.db.job.JobWorker;
import org.huying.db.job.Side;
import org.huying.ticket.digest.LogDigests;
import org.huying.ticket.verify.LogVerifier;
import org.huying.ticket.verify.SavedDigests;
import org.jspecify.annotations.Nullable;

/** A log of two days with its digests, and what an owner of the database could do to it. */
final class LogWorld implements AutoCloseable {
    /** The digests are worked out by hand for these days. */
    private static final Instant START = Instant.parse("2026-03-02T01:00:00Z");

    static final LocalDate FIRST_DAY = LocalDate.of(2026, 3, 2);
    static final LocalDate SECOND_DAY = FIRST_DAY.plusDays(1);

    final TicketWorld world = new TicketWorld();

    /** Four events on the first day, four on the second: resolved, confirmed, rated, excluded. */
    final UUID busy;

    /** Six events, all on the first day. */
    final UUID early;

    LogWorld() {
        world.clock.set(START);
        world.sql("UPDATE job SET due_at = $1", Rows.utc(world.clock.instant()));
        busy = world.bring(world.report(), Status.IN_PROGRESS);
        early = world.bring(
                world.report(world.owner, Submission.ofHousehold("advice", world.household, "请问几点")), Status.CLOSED);
        nightPasses();
        world.act(world.worker, busy, Action.RESOLVE);
        world.act(world.owner, busy, Action.CONFIRM);
        world.act(world.owner, busy, Action.RATE);
        world.act(world.townSupervisor, busy, Action.EXCLUDE);
        nightPasses();
    }

    /** A day later, and the digest of the day that ended is there. */
    void nightPasses() {
        world.clock.advance(Duration.ofDays(1));
        publish(world.database);
    }

    /** What one worker publishes by now. */
    void publish(Database on) {
        await(publishing(on));
    }

    Future<Void> publishing(Database on) {
        // The calls of tickets are not what this is about.
        world.sql("DELETE FROM job WHERE kind = 'ticket_clock'");
        return new JobWorker(Side.INNER, on, world.clock, LogDigests.jobs(world.clock), new SimpleMeterRegistry())
                .runDue();
    }

    List<JsonObject> digests() {
        return world.query(client ->
                client.preparedQuery("""
                        SELECT day::text, format, chains, events, previous_digest, digest FROM log_digest
                        WHERE district_id = $1 ORDER BY day
                        """).execute(Tuple.of(world.district)).map(Rows.list(row -> row.toJson())));
    }

    /** As somebody outside keeps them. */
    SavedDigests saved() {
        Map<LocalDate, String> saved = new TreeMap<>();
        digests().forEach(each -> saved.put(LocalDate.parse(each.getString("day")), each.getString("digest")));
        return new SavedDigests(Map.of(world.district, saved));
    }

    String verify() {
        return verify(world.cipher, SavedDigests.none());
    }

    /** What is printed, by a run with the service's own rights. */
    String verify(@Nullable FieldCipher cipher, SavedDigests saved) {
        var printed = new ByteArrayOutputStream();
        var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        var intact = new LogVerifier(cipher, saved, out, new PrintStream(PrintStream.nullOutputStream()))
                .run(world.url, world.clock.instant());
        var text = printed.toString(StandardCharsets.UTF_8);
        if (intact != text.contains("all intact")) {
            throw new AssertionError("the answer is not that of the verdict: " + text);
        }
        return text;
    }

    /** As the owner of the tables, with every guard switched off. */
    void tamper(String... statements) {
        world.tamper(
                "ALTER TABLE ticket_event DISABLE TRIGGER ALL",
                "ALTER TABLE log_digest DISABLE TRIGGER ALL",
                "ALTER TABLE ticket_actor DISABLE TRIGGER ALL",
                "ALTER TABLE log_digest_head DISABLE TRIGGER ALL");
        world.tamper(statements);
    }

    /** Leaves the first events and makes the row and its companions fit, so that the chain is as good as any. */
    void cut(UUID ticket, int keep) {
        tamper(
                "DELETE FROM ticket_event WHERE ticket_id = '" + ticket + "' AND seq > " + keep,
                "DELETE FROM ticket_due WHERE ticket_id = '" + ticket + "' AND seq > " + keep,
                "DELETE FROM ticket_exclusion WHERE ticket_id = '" + ticket + "' AND seq > " + keep,
                "DELETE FROM ticket_rating WHERE ticket_id = '" + ticket + "' AND seq > " + keep,
                "DELETE FROM ticket_reopening WHERE ticket_id = '" + ticket + "' AND seq > " + keep);
        project(ticket);
    }

    /** Puts an event with a right hash behind the last, dated as the last, and makes the row fit. */
    void forge(UUID ticket) {
        var state = world.state(ticket);
        var last = world.events(ticket).get(state.lastSeq - 1);
        insert(TicketEvent.link(
                ticket,
                state.lastSeq + 1,
                EventType.COMMENTED,
                last.at(),
                last.actor(),
                null,
                new JsonObject(),
                state.lastHash));
        project(ticket);
    }

    /** Says another thing in an event, and hashes it and all after it anew. */
    void rewrite(UUID ticket, int seq, JsonObject data) {
        var events = world.events(ticket);
        tamper("DELETE FROM ticket_event WHERE ticket_id = '" + ticket + "'");
        var previous = TicketEvent.GENESIS;
        for (var event : events) {
            var link = TicketEvent.link(
                    ticket,
                    event.seq(),
                    event.type(),
                    event.at(),
                    event.actor(),
                    event.onBehalfOf(),
                    event.seq() == seq ? data : event.data(),
                    previous);
            insert(link);
            previous = link.hash();
        }
        project(ticket);
    }

    private void insert(TicketEvent event) {
        world.sql(
                TicketSql.APPEND,
                world.district,
                event.ticketId(),
                event.seq(),
                event.type().code(),
                Rows.utc(event.at()),
                event.actor().ref(),
                event.actor().kind(),
                event.actor().organizationId(),
                event.onBehalfOf(),
                event.data(),
                event.previousHash(),
                event.hash(),
                null);
    }

    private void project(UUID ticket) {
        var state = TicketState.rebuild(world.events(ticket));
        world.inTransaction(tx -> new TicketStore(world.cipher)
                .cast(tx, world.district, ticket)
                .compose(cast ->
                        tx.preparedQuery(TicketSql.SAVE).execute(TicketRows.values(world.district, state, cast))));
    }

    @Override
    public void close() {
        world.close();
    }
}
