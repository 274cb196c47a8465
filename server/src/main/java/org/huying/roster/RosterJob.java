package org.huying.roster;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.job.Job;
import org.huying.db.job.JobHandler;
import org.huying.db.job.Jobs;
import org.huying.identity.CanteenNames;
import org.huying.identity.People;
import org.huying.identity.household.HouseholdBatch;
import org.huying.identity.staff.StaffBatch;
import org.huying.identity.staff.StaffUndo;
import org.huying.identity.unmasking.Searches;
import org.huying.kernel.Role;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/**
 * Takes an import further by some rows, each time in a transaction of its own: first every row is checked, then, unless
 * it is a dry run or a bad row stands in the way, the good ones are written. A crash goes on where it was.
 */
public final class RosterJob implements JobHandler {
    static final String GO_ON = "import_rows";
    static final String FORGET = "forget_import";

    /** As long as an activation code is good. */
    private static final Duration KEPT = Duration.ofDays(7);

    private final RosterStore store;
    private final VerdictStore kept;
    private final People people;
    private final Map<Kind, Intake<?>> intakes;
    private final Guesses guesses;
    private final Judge judge;
    private final UndoJob undo;
    private final Clock clock;

    /**
     * Makes a handler.
     *
     * @param clock    the domain's
     * @param realTime by which activation codes end
     */
    public RosterJob(FieldCipher cipher, Places places, CanteenNames canteens, Clock clock, Clock realTime) {
        this.store = new RosterStore(cipher);
        this.kept = new VerdictStore(cipher);
        this.people = new People(cipher);
        this.guesses = new Guesses(store, new Searches(cipher, clock));
        this.judge = new Judge(store);
        this.clock = clock;
        var households = new HouseholdBatch(cipher);
        this.intakes = Map.of(
                Kind.HOUSEHOLDS, new HouseholdIntake(store, households),
                Kind.RESIDENTS, new ResidentIntake(store, cipher, places),
                Kind.STAFF,
                        new StaffIntake(
                                store,
                                new StaffBatch(cipher, places, canteens, realTime),
                                new StaffUndo(cipher, realTime)));
        this.undo = new UndoJob(store, people, intakes, clock);
    }

    public Map<String, JobHandler> jobs() {
        return Map.of(
                GO_ON,
                this,
                UndoJob.UNDO,
                undo,
                FORGET,
                (transaction, job) -> store.forget(transaction, job.districtId(), job.subjectId()));
    }

    @Override
    public Future<Void> run(SqlConnection transaction, Job job) {
        var district = job.districtId();
        return isStarterInOffice(transaction, district, job.subjectId())
                .compose(inOffice -> inOffice
                        ? goFurther(transaction, district, job.subjectId())
                        : end(transaction, district, job.subjectId(), "starter_gone"));
    }

    /** Before anything else is locked, and until these rows are done; whoever suspends them comes before or after. */
    private Future<Boolean> isStarterInOffice(SqlConnection transaction, UUID district, UUID importId) {
        return store.starterOf(transaction, district, importId)
                .compose(starter -> starter.isEmpty()
                        ? Future.succeededFuture(true)
                        : people.holds(transaction, district, starter.get(), Role.ADMIN));
    }

    private Future<Void> goFurther(SqlConnection transaction, UUID district, UUID importId) {
        return store.lockDistrict(transaction, district)
                .compose(locked -> store.planAnew(transaction))
                .compose(set -> store.lock(transaction, district, importId))
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture()
                        : store.next(transaction, district, found.get()).compose(rows -> {
                            var intake = intakes.get(found.get().kind());
                            return rows.isEmpty() || intake == null
                                    ? endOfPhase(transaction, district, found.get())
                                    : step(transaction, district, found.get(), intake, rows);
                        }));
    }

    @Override
    public Future<Void> givenUp(SqlConnection transaction, Job job, Throwable failure) {
        return job.kind().equals(GO_ON)
                ? end(transaction, job.districtId(), job.subjectId(), "given_up")
                : Future.succeededFuture();
    }

    private <P> Future<Void> step(
            SqlConnection transaction, UUID district, RosterImport of, Intake<P> intake, List<FileRow> rows) {
        var errand = new Intake.Errand(district, of.startedById(), clock.instant());
        var held = of.isWriting() ? intake.hold(transaction, errand) : Future.<Void>succeededFuture();
        return held.compose(now -> intake.judge(transaction, errand, rows))
                .compose(verdicts -> of.isWriting()
                        ? found(transaction, errand, verdicts)
                        : checked(transaction, errand, of, verdicts))
                .compose(verdicts -> store.planAsUsual(transaction).map(verdicts))
                .compose(verdicts -> {
                    var toWrite = verdicts.stream()
                            .filter(each -> each.outcome().isToBeWritten())
                            .toList();
                    var written = of.isWriting() && !toWrite.isEmpty()
                            ? intake.write(transaction, errand, toWrite)
                            : Future.succeededFuture(Map.<Integer, Written>of());
                    return written.compose(came -> kept.judged(transaction, district, of, verdicts, came));
                })
                .compose(done -> goOn(transaction, district, of.id()));
    }

    /**
     * Whatever is not tried has no part in what is said of other rows. All that is found can be read, also of an import that
     * finds something else than was confirmed.
     */
    private <P> Future<List<Verdict<P>>> checked(
            SqlConnection transaction, Intake.Errand errand, RosterImport of, List<Verdict<P>> verdicts) {
        return guesses.bounded(transaction, errand, verdicts)
                .compose(bounded -> judge.judge(transaction, errand, of, bounded))
                .compose(judged -> guesses.record(transaction, errand, judged).map(judged));
    }

    /** Of rows that were checked; who has come to be here since is told as whom a row may be about. */
    private <P> Future<List<Verdict<P>>> found(
            SqlConnection transaction, Intake.Errand errand, List<Verdict<P>> verdicts) {
        var doubtful = verdicts.stream()
                .filter(each -> each.outcome() == Outcome.DOUBTFUL)
                .toList();
        return guesses.record(transaction, errand, doubtful).map(verdicts);
    }

    private Future<Void> endOfPhase(SqlConnection transaction, UUID district, RosterImport of) {
        if (of.isWriting()) {
            return end(transaction, district, of.id(), null);
        }
        return store.checked(transaction, district, of.id()).compose(asSeen -> {
            if (of.dryRun()) {
                return end(transaction, district, of.id(), null);
            }
            return asSeen ? write(transaction, district, of) : end(transaction, district, of.id(), "import_changed");
        });
    }

    private Future<Void> write(SqlConnection transaction, UUID district, RosterImport of) {
        return store.hindrance(transaction, district, of.id())
                .compose(hindrance -> hindrance.isPresent() && !of.skipBad()
                        ? end(transaction, district, of.id(), hindrance.get().code() + "_rows")
                        : store.beginWriting(transaction, district, of.id())
                                .compose(begun -> goOn(transaction, district, of.id())));
    }

    private Future<Void> goOn(SqlConnection transaction, UUID district, UUID importId) {
        return Jobs.leave(transaction, district, Jobs.NewJob.of(GO_ON, importId, clock.instant()));
    }

    private Future<Void> end(SqlConnection transaction, UUID district, UUID importId, @Nullable String failure) {
        var now = clock.instant();
        return store.end(transaction, district, importId, failure, now)
                .compose(ended -> Jobs.leave(transaction, district, Jobs.NewJob.of(FORGET, importId, now.plus(KEPT))));
    }
}
