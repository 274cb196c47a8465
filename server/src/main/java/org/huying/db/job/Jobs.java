package org.huying.db.job;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.huying.db.Rows;
import org.huying.kernel.Ids;

/** Where features leave what must happen later, or apart, in the transaction of its cause: the outbox. */
public final class Jobs {
    private Jobs() {}

    /** What is left to be done. */
    public record NewJob(String kind, UUID subjectId, JsonObject payload, Instant dueAt, Side side) {
        public NewJob(String kind, UUID subjectId, JsonObject payload, Instant dueAt) {
            this(kind, subjectId, payload, dueAt, Side.INNER);
        }

        public static NewJob of(String kind, UUID subjectId, Instant dueAt) {
            return new NewJob(kind, subjectId, new JsonObject(), dueAt);
        }

        public static NewJob outward(String kind, UUID subjectId, Instant dueAt) {
            return new NewJob(kind, subjectId, new JsonObject(), dueAt, Side.OUTWARD);
        }
    }

    public static Future<Void> leave(SqlClient transaction, UUID districtId, NewJob job) {
        return leave(transaction, districtId, List.of(job));
    }

    public static Future<Void> leave(SqlClient transaction, UUID districtId, Collection<NewJob> jobs) {
        if (jobs.isEmpty()) {
            return Future.succeededFuture();
        }
        return transaction
                .preparedQuery(JobSql.INSERT)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addValue(jobs.stream().map(job -> Ids.next()).toArray(UUID[]::new))
                        .addValue(jobs.stream().map(NewJob::kind).toArray(String[]::new))
                        .addValue(jobs.stream().map(NewJob::subjectId).toArray(UUID[]::new))
                        .addValue(jobs.stream().map(NewJob::payload).toArray(JsonObject[]::new))
                        .addValue(
                                jobs.stream().map(job -> Rows.utc(job.dueAt())).toArray(OffsetDateTime[]::new))
                        .addValue(
                                jobs.stream().map(job -> job.side().isOutward()).toArray(Boolean[]::new)))
                .mapEmpty();
    }

    /** Leaves to each of these districts, named by {@code id}, a job about itself. */
    public static Future<Void> leaveToEach(
            SqlClient transaction, RowSet<Row> districts, String kind, JsonObject payload, Instant dueAt) {
        return Future.all(Rows.stream(districts)
                        .map(row -> row.getUUID("id"))
                        .map(district -> leave(transaction, district, new NewJob(kind, district, payload, dueAt)))
                        .toList())
                .mapEmpty();
    }

    /** Drops jobs of a kind that are not in hand just now. */
    public static Future<Void> drop(SqlClient transaction, UUID districtId, String kind, Collection<UUID> subjectIds) {
        return transaction
                .preparedQuery(JobSql.DROP)
                .execute(Tuple.of(districtId, kind, subjectIds.toArray(UUID[]::new)))
                .mapEmpty();
    }

    /** The same of those whose payload says this. */
    public static Future<Void> drop(
            SqlClient transaction, UUID districtId, String kind, String payloadField, String payloadValue) {
        return transaction
                .preparedQuery(JobSql.DROP_SAYING)
                .execute(Tuple.of(districtId, kind, payloadField, payloadValue))
                .mapEmpty();
    }
}
