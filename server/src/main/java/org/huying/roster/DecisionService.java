package org.huying.roster;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.Rows;
import org.huying.kernel.Caller;
import org.huying.kernel.Faults;
import org.huying.kernel.Refusal;

/** What becomes of doubtful rows of a check, one by one; the digest that confirms the check covers it. */
final class DecisionService {
    /** A row of a check that is over. */
    private record Doubt(FileRow row, String outcome, List<UUID> candidates, UUID startedById) {
        boolean canBeDecided() {
            return outcome.equals(Outcome.DOUBTFUL.code()) || row.decision() != null;
        }
    }

    private final RosterStore store;
    private final VerdictStore kept;
    private final Judge judge;
    private final Guesses guesses;
    private final Intake<?> residents;
    private final Clock clock;

    /** @param residents the one kind of rows that can be in doubt */
    DecisionService(RosterStore store, VerdictStore kept, Guesses guesses, Intake<?> residents, Clock clock) {
        this.store = store;
        this.kept = kept;
        this.guesses = guesses;
        this.judge = new Judge(store);
        this.residents = residents;
        this.clock = clock;
    }

    Future<Void> decide(SqlConnection transaction, Caller caller, UUID importId, int number, Decision decision) {
        var district = caller.districtId();
        return store.lockDistrict(transaction, district)
                .compose(locked -> store.planAnew(transaction))
                .compose(locked -> lock(transaction, district, importId, number))
                .compose(found -> found.isPresent() && found.get().canBeDecided()
                        ? decide(transaction, caller, importId, found.get(), decision)
                        : none(transaction, district, importId, number));
    }

    private Future<Void> none(SqlConnection transaction, UUID district, UUID importId, int number) {
        return transaction
                .preparedQuery(RosterSql.HAS_ROW)
                .execute(Tuple.of(district, importId, number))
                .map(rows -> {
                    throw rows.iterator().next().getBoolean("found")
                            ? Refusal.conflict("row_not_doubtful")
                            : Refusal.notFound();
                });
    }

    private Future<Void> decide(
            SqlConnection transaction, Caller caller, UUID importId, Doubt doubt, Decision decision) {
        var district = caller.districtId();
        var isSame = decision.choice() == Decision.Choice.SAME;
        if (isSame && (decision.residentId() == null || !doubt.candidates().contains(decision.residentId()))) {
            throw Faults.of("/residentId", "candidate_unknown");
        }
        if (!isSame && decision.residentId() != null) {
            throw Faults.of("/residentId", "candidate_needless");
        }
        // what the row tries was tried by whoever started the check; who decides is told whom it may be about now
        var errand = new Intake.Errand(district, doubt.startedById(), clock.instant());
        var of = new RosterImport(importId, Kind.RESIDENTS, true, false, false, doubt.startedById());
        return transaction
                .preparedQuery(RosterSql.DECIDE)
                .execute(Tuple.of(
                        district,
                        importId,
                        doubt.row().number(),
                        decision.choice().code(),
                        decision.residentId()))
                .compose(decided -> judged(transaction, caller, errand, of, residents, doubt, decision))
                .compose(done -> store.checked(transaction, district, importId))
                .mapEmpty();
    }

    /** Bounded and put on record as a check is. */
    private <P> Future<Void> judged(
            SqlConnection transaction,
            Caller caller,
            Intake.Errand errand,
            RosterImport of,
            Intake<P> intake,
            Doubt doubt,
            Decision decision) {
        var row = doubt.row().decided(decision);
        return intake.judge(transaction, errand, List.of(row))
                .compose(verdicts -> guesses.bounded(transaction, errand, verdicts))
                .compose(verdicts -> judge.judge(transaction, errand, of, verdicts))
                .compose(verdicts -> guesses.record(
                                transaction, errand.districtId(), caller.personId(), verdicts, doubt.candidates())
                        .compose(noted -> kept.judged(transaction, errand.districtId(), of, verdicts, Map.of())));
    }

    private Future<Optional<Doubt>> lock(SqlConnection transaction, UUID district, UUID importId, int number) {
        return transaction
                .preparedQuery(RosterSql.LOCK_ROW)
                .execute(Tuple.of(district, importId, number))
                .map(Rows.first(row -> row))
                .map(found -> found.filter(row -> row.getBuffer("content_sealed") != null)
                        .map(this::doubt));
    }

    private Doubt doubt(Row row) {
        return new Doubt(
                store.fileRow(row),
                row.getString("outcome"),
                List.of(row.getArrayOfUUIDs("candidates")),
                row.getUUID("started_by_id"));
    }
}
