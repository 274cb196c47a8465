package org.huying.roster;

import io.vertx.sqlclient.Row;
import java.util.UUID;

/** One that goes on. */
record RosterImport(UUID id, Kind kind, boolean dryRun, boolean skipBad, boolean isWriting, UUID startedById) {
    static RosterImport from(Row row) {
        return new RosterImport(
                row.getUUID("id"),
                Kind.of(row.getString("kind")),
                row.getBoolean("dry_run"),
                row.getBoolean("skip_bad"),
                row.getString("phase").equals("writing"),
                row.getUUID("started_by_id"));
    }
}
