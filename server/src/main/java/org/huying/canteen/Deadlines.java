package org.huying.canteen;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.db.job.Job;
import org.huying.db.job.JobHandler;
import org.huying.db.job.Jobs;

/** What a published meal does by itself when its time has come: who still waits at the cut-off expires, and it closes. */
final class Deadlines {
    static final String EXPIRE = "expire_waitlist";
    static final String CLOSE = "close_meal";

    private final Clock clock;
    private final MealLife life;

    Deadlines(Clock clock, MealLife life) {
        this.clock = clock;
        this.life = life;
    }

    /** Leaves the calls for a meal's times as they stand now; those for earlier times will find nothing to do. */
    static Future<Void> leave(SqlClient transaction, UUID districtId, Meal meal) {
        return Jobs.leave(
                transaction,
                districtId,
                List.of(
                        Jobs.NewJob.of(EXPIRE, meal.id(), meal.cutoffAt()),
                        Jobs.NewJob.of(CLOSE, meal.id(), meal.servingEndsAt())));
    }

    Map<String, JobHandler> jobs() {
        return Map.of(EXPIRE, this::expire, CLOSE, this::close);
    }

    private Future<Void> expire(SqlConnection transaction, Job job) {
        return life.expireIfDue(transaction, job.districtId(), job.subjectId(), now());
    }

    private Future<Void> close(SqlConnection transaction, Job job) {
        return life.closeIfDue(transaction, job.districtId(), job.subjectId(), now());
    }

    private Instant now() {
        return clock.instant();
    }
}
