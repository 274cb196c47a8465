package org.huying.roster;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One kind of file: what its rows mean, by the rules of a single operation. */
interface Intake<P> {
    /** On whose behalf, where and when. */
    record Errand(UUID districtId, UUID byId, Instant now) {}

    /** By the state of things as they are; a verdict for each row, in the order of the rows. */
    Future<List<Verdict<P>>> judge(SqlConnection transaction, Errand errand, List<FileRow> rows);

    /** What was planned; activation codes by the numbers of the rows that they come of. */
    Future<Map<Integer, String>> write(SqlConnection transaction, Errand errand, List<Verdict<P>> verdicts);
}
