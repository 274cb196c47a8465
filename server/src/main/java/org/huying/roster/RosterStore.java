package org.huying.roster;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.kernel.Sha256;
import org.jspecify.annotations.Nullable;

/** Imports and their rows, whose contents are sealed. */
final class RosterStore {
    /** A row as it is kept. */
    record Kept(
            int number,
            @Nullable String outcome,
            List<RowError> errors,
            @Nullable FileRow content,
            @Nullable String activationCode,
            List<UUID> candidates,
            @Nullable Decision decision,
            @Nullable Boolean undone) {}

    private final FieldCipher cipher;

    RosterStore(FieldCipher cipher) {
        this.cipher = cipher;
    }

    /** Takes a while for many: not for an event loop. */
    List<Buffer> sealed(List<FileRow> rows) {
        return rows.stream()
                .map(row -> cipher.sealBytes(row.encoded().getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    /** What a file is known by; keyed, for it is full of people. */
    Buffer fileIndex(byte[] file) {
        return cipher.index(Sha256.hex(file));
    }

    /** The dry run of this file that has found just this. */
    Future<Optional<UUID>> checkOf(SqlClient client, UUID districtId, RosterService.Handed handed, String digest) {
        return client.preparedQuery(RosterSql.CHECK_OF)
                .execute(Tuple.of(districtId, handed.kind().code(), handed.fileIndex(), digest))
                .map(Rows.first(row -> row.getUUID("id")));
    }

    Future<Void> copyDecisions(SqlConnection transaction, UUID districtId, UUID toId, UUID fromId) {
        return transaction
                .preparedQuery(RosterSql.COPY_DECISIONS)
                .execute(Tuple.of(districtId, toId, fromId))
                .mapEmpty();
    }

    /** Keeps what the check has found; whether that is what was confirmed. */
    Future<Boolean> checked(SqlConnection transaction, UUID districtId, UUID id) {
        return transaction
                .preparedQuery(RosterSql.CHECKED)
                .execute(Tuple.of(districtId, id))
                .map(rows -> rows.iterator().next().getBoolean("as_seen"));
    }

    Future<Void> insert(
            SqlConnection transaction,
            UUID districtId,
            RosterImport made,
            RosterService.Handed handed,
            @Nullable String confirmedDigest,
            Instant now) {
        return transaction
                .preparedQuery(RosterSql.INSERT)
                .execute(Tuple.of(districtId, made.id(), made.kind().code(), made.dryRun(), made.skipBad())
                        .addUUID(made.startedById())
                        .addOffsetDateTime(Rows.utc(now))
                        .addBuffer(handed.fileIndex())
                        .addString(confirmedDigest))
                .compose(done -> transaction
                        .preparedQuery(RosterSql.INSERT_ROWS)
                        .execute(Tuple.of(
                                districtId,
                                made.id(),
                                handed.rows().stream().map(FileRow::number).toArray(Integer[]::new),
                                handed.sealed().toArray(Buffer[]::new))))
                .mapEmpty();
    }

    Future<Optional<ImportView>> find(SqlClient client, UUID districtId, UUID id) {
        return client.preparedQuery(RosterSql.FIND)
                .execute(Tuple.of(districtId, id))
                .map(Rows.first(ImportView::from));
    }

    Future<Optional<RosterImport>> lock(SqlConnection transaction, UUID districtId, UUID id) {
        return transaction
                .preparedQuery(RosterSql.LOCK)
                .execute(Tuple.of(districtId, id))
                .map(Rows.first(RosterImport::from));
    }

    /** Who started one that goes on. */
    Future<Optional<UUID>> starterOf(SqlClient client, UUID districtId, UUID id) {
        return client.preparedQuery(RosterSql.STARTER)
                .execute(Tuple.of(districtId, id))
                .map(Rows.first(row -> row.getUUID("started_by_id")));
    }

    Future<Integer> unfinished(SqlConnection transaction, UUID districtId) {
        return transaction
                .preparedQuery(RosterSql.UNFINISHED)
                .execute(Tuple.of(districtId))
                .map(rows -> rows.iterator().next().getLong("unfinished").intValue());
    }

    /** Before much is looked up. */
    Future<Void> planAnew(SqlConnection transaction) {
        return transaction.query(RosterSql.PLAN_ANEW).execute().mapEmpty();
    }

    /** Before much is looked up of which nothing becomes more. */
    Future<Void> planOnce(SqlConnection transaction) {
        return transaction.query(RosterSql.PLAN_ONCE).execute().mapEmpty();
    }

    /** Before much is written. */
    Future<Void> planAsUsual(SqlConnection transaction) {
        return transaction.query(RosterSql.PLAN_AS_USUAL).execute().mapEmpty();
    }

    Future<Void> lockDistrict(SqlConnection transaction, UUID districtId) {
        return transaction
                .preparedQuery(RosterSql.LOCK_DISTRICT)
                .execute(Tuple.of(districtId))
                .mapEmpty();
    }

    Future<Names> names(SqlClient client, UUID districtId) {
        return client.preparedQuery(RosterSql.NAMES)
                .execute(Tuple.of(districtId))
                .map(Rows.list(row -> new Names.Named(
                        row.getUUID("id"),
                        row.getString("kind"),
                        row.getString("level"),
                        row.getString("name"),
                        List.of(row.getArrayOfUUIDs("path")))))
                .map(Names::new);
    }

    /** The next rows of the phase that the import is in. */
    Future<List<FileRow>> next(SqlClient client, UUID districtId, RosterImport of) {
        return client.preparedQuery(of.isWriting() ? RosterSql.UNWRITTEN : RosterSql.UNCHECKED)
                .execute(Tuple.of(districtId, of.id(), of.kind().rowsAtOnce()))
                .map(Rows.list(this::fileRow));
    }

    FileRow fileRow(Row row) {
        return FileRow.decoded(row.getInteger("row"), cipher.openPresent(row.getBuffer("content_sealed")))
                .decided(decision(row));
    }

    static @Nullable Decision decision(Row row) {
        return Decision.of(row.getString("decision"), row.getUUID("decided_resident_id"));
    }

    /** Of these keys those that rows other than these have, with the number of the first. */
    Future<Map<String, Integer>> sameKeys(
            SqlClient client, UUID districtId, UUID id, List<String> keys, List<Integer> rowNumbers) {
        var byIndex = new HashMap<Buffer, String>();
        keys.forEach(key -> byIndex.put(cipher.index(key), key));
        return client.preparedQuery(RosterSql.SAME_KEYS)
                .execute(Tuple.of(
                        districtId, id, byIndex.keySet().toArray(Buffer[]::new), rowNumbers.toArray(Integer[]::new)))
                .map(rows -> {
                    var found = new HashMap<String, Integer>();
                    Rows.stream(rows)
                            .forEach(row ->
                                    found.put(byIndex.getOrDefault(row.getBuffer("key"), ""), row.getInteger("row")));
                    return found;
                });
    }

    /** Something that was tried of somebody, both as the keyed indexes have them, and whether it fitted. */
    record Guessed(Buffer about, Buffer tried, boolean fitted) {}

    /** What has been tried about these since then in imports that somebody started. */
    Future<List<Guessed>> guessed(
            SqlClient client, UUID districtId, UUID starterId, Collection<String> about, Instant since) {
        return client.preparedQuery(RosterSql.GUESSED)
                .execute(Tuple.of(
                        districtId,
                        about.stream().map(cipher::index).toArray(Buffer[]::new),
                        starterId,
                        Rows.utc(since)))
                .map(Rows.list(
                        row -> new Guessed(row.getBuffer("about"), row.getBuffer("tried"), row.getBoolean("fitted"))));
    }

    Buffer index(String key) {
        return cipher.index(key);
    }

    /** Bad rows or doubtful ones, if there are any. */
    Future<Optional<Outcome>> hindrance(SqlClient client, UUID districtId, UUID id) {
        return client.preparedQuery(RosterSql.HINDRANCE)
                .execute(Tuple.of(districtId, id))
                .map(rows -> Optional.ofNullable(rows.iterator().next().getString("outcome"))
                        .map(Outcome::of));
    }

    Future<Void> beginWriting(SqlConnection transaction, UUID districtId, UUID id) {
        return transaction
                .preparedQuery(RosterSql.WRITE)
                .execute(Tuple.of(districtId, id))
                .mapEmpty();
    }

    /** What good rows say is not needed any more. */
    Future<Void> end(SqlConnection transaction, UUID districtId, UUID id, @Nullable String failure, Instant now) {
        return transaction
                .preparedQuery(RosterSql.END)
                .execute(Tuple.of(districtId, id, failure, Rows.utc(now)))
                .compose(ended ->
                        transaction.preparedQuery(RosterSql.FORGET_GOOD).execute(Tuple.of(districtId, id)))
                .mapEmpty();
    }

    Future<Void> forget(SqlConnection transaction, UUID districtId, UUID id) {
        return transaction
                .preparedQuery(RosterSql.FORGET)
                .execute(Tuple.of(districtId, id))
                .compose(forgotten ->
                        transaction.preparedQuery(RosterSql.FORGET_KEYS).execute(Tuple.of(districtId, id)))
                .compose(forgotten ->
                        transaction.preparedQuery(RosterSql.FORGET_GUESSES).execute(Tuple.of(districtId, id)))
                .compose(forgotten ->
                        transaction.preparedQuery(RosterSql.FORGET_FILE).execute(Tuple.of(districtId, id)))
                .mapEmpty();
    }

    Future<List<Kept>> rows(
            SqlClient client, UUID districtId, UUID id, @Nullable String outcome, @Nullable Integer after, int limit) {
        return client.preparedQuery(RosterSql.ROWS)
                .execute(Tuple.of(districtId, id, outcome, after, limit))
                .map(Rows.list(row -> {
                    var number = row.getInteger("row");
                    var content = cipher.open(row.getBuffer("content_sealed"));
                    return new Kept(
                            number,
                            row.getString("outcome"),
                            row.getJsonArray("errors").stream()
                                    .map(each -> RowError.from((JsonObject) each))
                                    .toList(),
                            content == null ? null : FileRow.decoded(number, content),
                            cipher.open(row.getBuffer("activation_code_sealed")),
                            List.of(row.getArrayOfUUIDs("candidates")),
                            decision(row),
                            row.getBoolean("undone"));
                }));
    }

    static List<ImportRowView.CellView> cells(FileRow row) {
        return Arrays.stream(Column.values())
                .filter(row::has)
                .map(column -> new ImportRowView.CellView(column.code(), row.text(column)))
                .toList();
    }
}
