package org.huying.roster;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** One kind of file: what its rows mean, by the rules of a single operation. */
interface Intake<P> {
    /** On whose behalf, where and when. */
    record Errand(UUID districtId, UUID byId, Instant now) {}

    /** Before rows are judged that are then written: until the transaction ends nobody makes the same elsewhere. */
    Future<Void> hold(SqlConnection transaction, Errand errand);

    /** By the state of things as they are; a verdict for each row, in the order of the rows. */
    Future<List<Verdict<P>>> judge(SqlConnection transaction, Errand errand, List<FileRow> rows);

    /** What was planned; by the numbers of the rows, what came of them. */
    Future<Map<Integer, Written>> write(SqlConnection transaction, Errand errand, List<Verdict<P>> verdicts);

    /** Something that a row has written. */
    record Taken(int row, JsonObject trace) {}

    /** Before the district is locked: whoever works on what rows have written locks it after that. */
    default Future<Void> holdWritten(SqlConnection transaction, Errand errand, List<Taken> written) {
        return Future.succeededFuture();
    }

    /**
     * Takes back what rows have written, as far as nothing else has touched it; those that were, by their numbers.
     *
     * @param written the last first
     * @param since   when the first of it was written, or earlier
     */
    Future<Set<Integer>> takeBack(SqlConnection transaction, Errand errand, List<Taken> written, Instant since);
}
