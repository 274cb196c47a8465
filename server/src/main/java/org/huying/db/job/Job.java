package org.huying.db.job;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.huying.db.Rows;

/**
 * Something to be done when its time has come.
 *
 * @param subjectId what it is about
 * @param payload   what else its handler must know; ids and facts, nothing personal
 * @param dueAt     in the domain's time
 * @param attempts  how many have failed
 */
public record Job(
        UUID districtId, UUID id, String kind, UUID subjectId, JsonObject payload, Instant dueAt, int attempts) {
    static Job from(UUID districtId, Row row) {
        return new Job(
                districtId,
                row.getUUID("id"),
                row.getString("kind"),
                row.getUUID("subject_id"),
                row.getJsonObject("payload"),
                Rows.instant(row, "due_at"),
                row.getInteger("attempts"));
    }
}
