package org.huying.ticket.digest;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.db.job.JobHandler;

/** The daily digests, for the rest of the service and for whoever verifies them. */
public final class LogDigests {
    /** The kind of job; a trigger leaves the first one of each district. */
    static final String PUBLISH = "publish_log_digest";

    private LogDigests() {}

    /** What is done each night. */
    public static Map<String, JobHandler> jobs(Clock clock) {
        return Map.of(PUBLISH, new DigestPublisher(clock));
    }

    /** What the digest of a day is made of, out of the events as they are now. */
    public static Future<List<LogDigest.Head>> heads(SqlClient client, UUID districtId, LogDay day) {
        return new DigestStore().heads(client, districtId, day);
    }
}
