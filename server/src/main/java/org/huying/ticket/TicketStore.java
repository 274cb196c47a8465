package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.db.job.Jobs;
import org.huying.identity.Wards;
import org.jspecify.annotations.Nullable;

/** Rows of tickets, their events and those who have to do with them. */
final class TicketStore {
    /** An event as stored, with the texts beside it still sealed. */
    record Stored(TicketEvent event, @Nullable Buffer shownSealed) {}

    /** What makes two tickets one trouble: item and household, or item, place and reporter at a public spot. */
    record Kin(String itemCode, @Nullable UUID householdId, UUID placeId, UUID reporterId) {}

    /** The kind of job in which time itself acts on a ticket. */
    static final String CLOCK = "ticket_clock";

    /** As many as an action is about: each is found by a plan that is kept. */
    private static final int FEW = 2;

    private final FieldCipher cipher;

    TicketStore(FieldCipher cipher) {
        this.cipher = cipher;
    }

    /**
     * Holds the tickets until the transaction ends, in the order of their ids, so that two who need the same tickets wait for
     * each other instead of both.
     */
    Future<Void> lock(SqlClient client, UUID districtId, Collection<UUID> ids) {
        var inOrder = ids.stream().sorted(Comparator.comparing(UUID::toString)).toList();
        Future<Void> locked = Future.succeededFuture();
        for (var id : inOrder) {
            locked = locked.compose(before -> client.preparedQuery(TicketSql.LOCK_ONE)
                    .execute(Tuple.of(districtId, id))
                    .mapEmpty());
        }
        return locked;
    }

    /** Those of the tickets that exist, by id, whether or not the viewer may see them. */
    Future<Map<UUID, Dossier>> find(SqlClient client, Viewer viewer, Collection<UUID> ids) {
        return find(client, viewer.districtId(), Wards.placesOf(viewer.caller()), viewer.id(), viewer.persons(), ids);
    }

    /** As the clock sees it. */
    Future<Optional<Dossier>> find(SqlClient client, UUID districtId, UUID ticketId) {
        return find(client, districtId, List.of(ticketId)).map(found -> Optional.ofNullable(found.get(ticketId)));
    }

    /** As the clock sees them; asks nothing where there are none. */
    Future<Map<UUID, Dossier>> find(SqlClient client, UUID districtId, Collection<UUID> ids) {
        return ids.isEmpty()
                ? Future.succeededFuture(Map.of())
                : find(client, districtId, List.of(), null, List.of(), ids);
    }

    private Future<Map<UUID, Dossier>> find(
            SqlClient client,
            UUID districtId,
            Collection<UUID> places,
            @Nullable UUID callerId,
            Collection<UUID> persons,
            Collection<UUID> ids) {
        Function<Object, Tuple> values =
                wanted -> Tuple.of(districtId, array(places), callerId, array(persons), wanted);
        var asked = ids.size() <= FEW
                ? ids.stream()
                        .map(id -> client.preparedQuery(TicketSql.FIND_ONE).execute(values.apply(id)))
                        .toList()
                : List.of(client.preparedQuery(TicketSql.FIND).execute(values.apply(array(ids))));
        return Future.all(asked)
                .map(answered -> answered.<RowSet<Row>>list().stream()
                        .flatMap(Rows::stream)
                        .collect(Collectors.toMap(row -> row.getUUID("id"), Dossier::from)));
    }

    Future<Cast> cast(SqlClient client, UUID districtId, UUID ticketId) {
        return client.preparedQuery(TicketSql.ACTORS)
                .execute(Tuple.of(districtId, ticketId))
                .map(rows -> new Cast(Rows.stream(rows)
                        .map(row -> new Cast.Member(
                                row.getString("ref"), row.getUUID("person_id"), row.getString("commitment")))
                        .toList()));
    }

    /** Appends the events, writes the row that follows from them, and has the ticket called when its time comes. */
    Future<Void> save(SqlClient client, Change change) {
        var ticketId = change.state().origin.id();
        var steps = new ArrayList<Future<RowSet<Row>>>();
        steps.add(client.preparedQuery(TicketSql.SAVE)
                .execute(TicketRows.values(change.districtId(), change.state(), change.cast())));
        change.cast()
                .added()
                .forEach(member -> steps.add(client.preparedQuery(TicketSql.ADD_ACTOR)
                        .execute(Tuple.of(
                                change.districtId(),
                                ticketId,
                                member.ref(),
                                member.personId(),
                                Rows.utc(change.at())))));
        change.entries().forEach(entry -> steps.add(append(client, change.districtId(), entry)));
        change.turns().forEach(turn -> steps.addAll(turn(client, change.districtId(), ticketId, turn)));
        var called = change.nextCall()
                .map(due -> Jobs.leave(client, change.districtId(), Jobs.NewJob.of(CLOCK, ticketId, due)))
                .orElseGet(Future::succeededFuture);
        return Future.join(Future.join(steps), called).mapEmpty();
    }

    private Future<RowSet<Row>> append(SqlClient client, UUID districtId, Change.Entry entry) {
        var event = entry.event();
        var shown = entry.shown();
        return client.preparedQuery(TicketSql.APPEND)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addUUID(event.ticketId())
                        .addInteger(event.seq())
                        .addString(event.type().code())
                        .addOffsetDateTime(Rows.utc(event.at()))
                        .addString(event.actor().ref())
                        .addString(event.actor().kind())
                        .addValue(event.actor().organizationId())
                        .addValue(event.onBehalfOf())
                        .addJsonObject(event.data())
                        .addString(event.previousHash())
                        .addString(event.hash())
                        .addValue(shown == null ? null : cipher.seal(shown.encode())));
    }

    private static List<Future<RowSet<Row>>> turn(SqlClient client, UUID districtId, UUID ticketId, Turn turn) {
        var steps = new ArrayList<Future<RowSet<Row>>>();
        steps.add(client.preparedQuery(end(turn.kind())).execute(Tuple.of(districtId, ticketId, Rows.utc(turn.at()))));
        if (turn.value() != null) {
            var begin = Tuple.of(districtId, ticketId, turn.seq(), Rows.utc(turn.at()));
            steps.add(
                    switch (turn.kind()) {
                        case DUE ->
                            client.preparedQuery(TicketSql.BEGIN_DUE)
                                    .execute(begin.addOffsetDateTime(Rows.utc((Instant) turn.value())));
                        case EXCLUSION ->
                            client.preparedQuery(TicketSql.BEGIN_EXCLUSION)
                                    .execute(begin.addValue(turn.value()).addString(turn.byRef()));
                        case RATING ->
                            client.preparedQuery(TicketSql.BEGIN_RATING).execute(begin.addValue(turn.value()));
                        case REOPENING ->
                            client.preparedQuery(TicketSql.BEGIN_REOPENING).execute(begin);
                    });
        }
        return steps;
    }

    private static String end(Turn.Kind kind) {
        return switch (kind) {
            case DUE -> TicketSql.END_DUE;
            case EXCLUSION -> TicketSql.END_EXCLUSION;
            case RATING -> TicketSql.END_RATING;
            case REOPENING -> TicketSql.END_REOPENING;
        };
    }

    /** One of the numbers that no ticket has yet. */
    Future<Optional<String>> freeNumber(SqlClient client, UUID districtId, List<String> candidates) {
        return client.preparedQuery(TicketSql.FREE_NUMBER)
                .execute(Tuple.of(districtId, (Object) candidates.toArray(String[]::new)))
                .map(Rows.first(row -> row.getString("n")));
    }

    /**
     * Locks the tickets that a new one of this kind may re-report, and names those of them that were first resolved, not
     * before {@code since}.
     */
    Future<List<UUID>> lockKin(SqlClient client, UUID districtId, Kin kin, Instant since) {
        var rows = kin.householdId() == null
                ? client.preparedQuery(TicketSql.LOCK_KIN_OF_REPORTER)
                        .execute(Tuple.of(districtId, kin.reporterId(), kin.itemCode(), Rows.utc(since), kin.placeId()))
                : client.preparedQuery(TicketSql.LOCK_KIN_OF_HOUSEHOLD)
                        .execute(Tuple.of(districtId, kin.householdId(), kin.itemCode(), Rows.utc(since)));
        return rows.map(found -> Rows.stream(found)
                .filter(row -> row.getBoolean("resolved"))
                .map(row -> row.getUUID("id"))
                .toList());
    }

    /** Whether one ticket is marked as a re-report of another already. */
    Future<Boolean> isReReport(SqlClient client, UUID districtId, UUID ticketId, UUID againId) {
        return client.preparedQuery(TicketSql.IS_RE_REPORT)
                .execute(Tuple.of(districtId, ticketId, againId.toString()))
                .map(rows -> rows.iterator().next().getBoolean("known"));
    }

    /** The reporter, whoever filed it, and reporters merged into it. */
    Future<List<UUID>> reporters(SqlClient client, UUID districtId, UUID ticketId) {
        return people(client, TicketSql.REPORTERS, districtId, ticketId);
    }

    Future<List<UUID>> followers(SqlClient client, UUID districtId, UUID ticketId) {
        return people(client, TicketSql.FOLLOWERS, districtId, ticketId);
    }

    private static Future<List<UUID>> people(SqlClient client, String sql, UUID districtId, UUID ticketId) {
        return client.preparedQuery(sql)
                .execute(Tuple.of(districtId, ticketId))
                .map(Rows.list(row -> row.getUUID("person_id")));
    }

    Future<Void> follow(SqlClient client, UUID districtId, UUID ticketId, UUID personId) {
        return client.preparedQuery(TicketSql.FOLLOW)
                .execute(Tuple.of(districtId, ticketId, personId))
                .mapEmpty();
    }

    Future<Void> unfollow(SqlClient client, UUID districtId, UUID ticketId, UUID personId) {
        return client.preparedQuery(TicketSql.UNFOLLOW)
                .execute(Tuple.of(districtId, ticketId, personId))
                .mapEmpty();
    }

    /** Followers and reporters of the first ticket become such of the second as well. */
    Future<Void> moveParties(SqlClient client, UUID districtId, UUID from, UUID into) {
        var values = Tuple.of(districtId, from, into);
        return Future.join(
                        client.preparedQuery(TicketSql.MOVE_FOLLOWERS).execute(values),
                        client.preparedQuery(TicketSql.MOVE_REPORTERS).execute(values))
                .mapEmpty();
    }

    Future<List<Stored>> events(SqlClient client, UUID districtId, UUID ticketId, int afterSeq, int limit) {
        return client.preparedQuery(TicketSql.EVENTS)
                .execute(Tuple.of(districtId, ticketId, afterSeq, limit))
                .map(rows -> Rows.stream(rows)
                        .map(row -> new Stored(TicketEvent.from(row), row.getBuffer("shown_sealed")))
                        .toList());
    }

    /** {@code {texts, salts}} of an event; null where there were none or they have been erased. */
    @Nullable
    JsonObject open(@Nullable Buffer shownSealed) {
        var text = cipher.open(shownSealed);
        return text == null ? null : new JsonObject(text);
    }

    /** Open tickets that a report of this item there may be about, the latest. */
    Future<List<UUID>> candidates(SqlClient client, UUID districtId, Similar.Query query, int limit) {
        return client.preparedQuery(TicketSql.CANDIDATES)
                .execute(Tuple.of(districtId, query.itemCode(), query.householdId(), query.placeId(), limit))
                .map(Rows.list(row -> row.getUUID("id")));
    }

    /** Tickets that are over, from the one after another on. */
    Future<List<Tickets.Over>> over(
            SqlClient client, UUID districtId, Tickets.Since since, Tickets.Over after, Instant before, int limit) {
        return client.preparedQuery(since == Tickets.Since.OVER ? TicketSql.OVER : TicketSql.OVER_AND_QUIET)
                .execute(Tuple.of(districtId, Rows.utc(after.at()), after.id(), Rows.utc(before), limit))
                .map(Rows.list(row -> new Tickets.Over(row.getUUID("id"), Rows.instant(row, "at"))));
    }

    Future<Written> written(SqlClient client, UUID districtId, UUID ticketId, UUID personId, Instant since) {
        return client.preparedQuery(TicketSql.WRITTEN)
                .execute(Tuple.of(districtId, ticketId, personId, Rows.utc(since)))
                .map(rows -> Written.from(rows.iterator().next()));
    }

    Future<Integer> eraseTexts(SqlClient client, UUID districtId, Collection<UUID> ticketIds) {
        return client.preparedQuery(TicketSql.ERASE_TEXTS)
                .execute(Tuple.of(districtId, array(ticketIds)))
                .map(rows -> rows.rowCount());
    }

    private static Object array(Collection<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }
}
