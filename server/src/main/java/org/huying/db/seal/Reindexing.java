package org.huying.db.seal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.db.job.Job;
import org.huying.db.job.JobHandler;
import org.huying.db.job.Jobs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the indexes anew that were made when texts had no normal form, so that what was written then is found. A pass that
 * has changed something is followed by another, because a node of an older build may write meanwhile. Of two that were
 * apart and have one form now, where it is held unique, the later keeps its older index: only somebody who knows both can
 * tell what is to become of it.
 */
public final class Reindexing implements JobHandler {
    static final String REINDEX = "reindex";

    private static final Logger LOG = LoggerFactory.getLogger(Reindexing.class);
    private static final int ROWS_AT_ONCE = 500;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private static final String DISTRICTS_OF_OLD = """
            SELECT d.id FROM district d
            WHERE NOT EXISTS (SELECT 1 FROM job j WHERE j.district_id = d.id AND j.kind = 'reindex')
              AND (EXISTS (SELECT 1 FROM household h WHERE h.district_id = d.id AND octet_length(h.address_index) = 32)
                OR EXISTS (SELECT 1 FROM resident r WHERE r.district_id = d.id AND octet_length(r.name_index) = 32)
                OR EXISTS (SELECT 1 FROM resident r WHERE r.district_id = d.id AND octet_length(r.phone_index) = 32)
                OR EXISTS (SELECT 1 FROM staff s WHERE s.district_id = d.id AND octet_length(s.name_index) = 32))
            ORDER BY d.id
            """;

    private final FieldCipher cipher;
    private final Clock clock;

    public Reindexing(FieldCipher cipher, Clock clock) {
        this.cipher = cipher;
        this.clock = clock;
    }

    public Map<String, JobHandler> jobs() {
        return Map.of(REINDEX, this);
    }

    /** Leaves a pass to each district that has something of old; at every start of a node. */
    public static Future<Void> begin(SqlConnection transaction, Instant now) {
        return transaction
                .query(DISTRICTS_OF_OLD)
                .execute()
                .compose(districts -> Jobs.leaveToEach(
                        transaction, districts, REINDEX, Progress.beginning().payload(), now));
    }

    /** In which column a pass is, behind which row, and how much it has changed and had to leave so far. */
    private record Progress(int column, UUID after, long changed, long left) {
        static Progress beginning() {
            return new Progress(0, BEFORE_ALL, 0, 0);
        }

        static Progress of(JsonObject payload) {
            return new Progress(
                    payload.getInteger("column"),
                    UUID.fromString(payload.getString("after")),
                    payload.getLong("changed"),
                    payload.getLong("left"));
        }

        JsonObject payload() {
            return new JsonObject()
                    .put("column", column)
                    .put("after", after.toString())
                    .put("changed", changed)
                    .put("left", left);
        }
    }

    @Override
    public Future<Void> run(SqlConnection transaction, Job job) {
        return goOn(transaction, job.districtId(), Progress.of(job.payload())).compose(progress -> {
            if (progress.column() < IndexedColumn.ALL.size()) {
                return leave(transaction, job.districtId(), progress);
            }
            if (progress.changed() > 0) {
                return leave(transaction, job.districtId(), Progress.beginning());
            }
            if (progress.left() > 0) {
                LOG.warn(
                        "{} keyed indexes of the district {} stay as they were: the household has the address of another,"
                                + " spelled otherwise, or the value cannot be opened",
                        progress.left(),
                        job.districtId());
            }
            return Future.succeededFuture();
        });
    }

    /** One step that finds something, or all that find nothing. */
    private Future<Progress> goOn(SqlConnection transaction, UUID districtId, Progress progress) {
        if (progress.column() >= IndexedColumn.ALL.size()) {
            return Future.succeededFuture(progress);
        }
        var column = IndexedColumn.ALL.get(progress.column());
        return transaction
                .preparedQuery(column.selectSql())
                .execute(Tuple.of(districtId, progress.after(), ROWS_AT_ONCE))
                .map(rows -> Rows.stream(rows).toList())
                .compose(rows -> rows.isEmpty()
                        ? goOn(
                                transaction,
                                districtId,
                                new Progress(progress.column() + 1, BEFORE_ALL, progress.changed(), progress.left()))
                        : write(transaction, districtId, column, rows)
                                .map(written -> new Progress(
                                        progress.column(),
                                        rows.get(rows.size() - 1).getUUID("id"),
                                        progress.changed() + written,
                                        progress.left() + rows.size() - written)));
    }

    private Future<Integer> write(SqlConnection transaction, UUID districtId, IndexedColumn column, List<Row> rows) {
        var anew = rows.stream().map(row -> anew(column, row)).toList();
        return transaction
                .preparedQuery(column.updateSql())
                .execute(Tuple.of(
                        districtId,
                        rows.stream().map(row -> row.getUUID("id")).toArray(UUID[]::new),
                        rows.stream().map(row -> row.getBuffer("old")).toArray(Buffer[]::new),
                        anew.toArray(Buffer[]::new)))
                .map(done -> done.rowCount());
    }

    /** As it was, where the text cannot be opened. */
    private Buffer anew(IndexedColumn column, Row row) {
        try {
            return cipher.index(column.form().apply(cipher.openPresent(row.getBuffer("sealed"))));
        } catch (IllegalStateException e) {
            LOG.atError().addKeyValue("column", column.name()).log("a sealed value cannot be opened to be indexed");
            return row.getBuffer("old");
        }
    }

    private Future<Void> leave(SqlConnection transaction, UUID districtId, Progress progress) {
        return Jobs.leave(
                transaction, districtId, new Jobs.NewJob(REINDEX, districtId, progress.payload(), clock.instant()));
    }
}
