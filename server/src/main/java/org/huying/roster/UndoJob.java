package org.huying.roster;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.huying.db.job.Job;
import org.huying.db.job.JobHandler;
import org.huying.db.job.Jobs;
import org.huying.identity.People;
import org.huying.kernel.Role;

/** Takes back what an import has written, some rows at a time, the last first, as long as whoever wants it may. */
final class UndoJob implements JobHandler {
    static final String UNDO = "undo_import";

    private final RosterStore store;
    private final UndoStore undone = new UndoStore();
    private final People people;
    private final Map<Kind, Intake<?>> intakes;
    private final Clock clock;

    UndoJob(RosterStore store, People people, Map<Kind, Intake<?>> intakes, Clock clock) {
        this.store = store;
        this.people = people;
        this.intakes = Map.copyOf(intakes);
        this.clock = clock;
    }

    @Override
    public Future<Void> run(SqlConnection transaction, Job job) {
        var district = job.districtId();
        var id = job.subjectId();
        return store.planAnew(transaction)
                .compose(set -> undone.underWay(transaction, district, id))
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture()
                        : people.holds(transaction, district, found.get().undoneById(), Role.ADMIN)
                                .compose(inOffice -> inOffice
                                        ? goFurther(transaction, district, id, found.get())
                                        : undone.end(transaction, district, id, clock.instant())));
    }

    private Future<Void> goFurther(SqlConnection transaction, UUID district, UUID id, UndoStore.UnderWay underWay) {
        return undone.next(transaction, district, id, underWay.kind().rowsAtOnce())
                .compose(rows -> rows.isEmpty()
                        ? undone.end(transaction, district, id, clock.instant())
                        : takeBack(transaction, district, id, underWay, rows)
                                .compose(taken ->
                                        Jobs.leave(transaction, district, Jobs.NewJob.of(UNDO, id, clock.instant()))));
    }

    /** Accounts are held before the district, as by whoever acts; all else after. */
    private Future<Void> takeBack(
            SqlConnection transaction,
            UUID district,
            UUID id,
            UndoStore.UnderWay underWay,
            List<UndoStore.NotUndone> rows) {
        var errand = new Intake.Errand(district, underWay.undoneById(), clock.instant());
        var written = rows.stream()
                .filter(row -> row.trace().isPresent())
                .map(row -> new Intake.Taken(row.row(), row.trace().orElseThrow()))
                .toList();
        var intake = Objects.requireNonNull(intakes.get(underWay.kind()));
        return intake.holdWritten(transaction, errand, written)
                .compose(held -> store.lockDistrict(transaction, district))
                .compose(locked -> store.planOnce(transaction))
                .compose(planned -> intake.takeBack(transaction, errand, written, underWay.createdAt()))
                .compose(gone -> undone.undone(transaction, district, id, rows, gone));
    }

    @Override
    public Future<Void> givenUp(SqlConnection transaction, Job job, Throwable failure) {
        return undone.end(transaction, job.districtId(), job.subjectId(), clock.instant());
    }
}
