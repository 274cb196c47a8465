package org.huying.roster;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.huying.db.job.Jobs;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;

/** Who may have taken back what an import has written, and for how long. */
final class UndoService {
    private static final Duration MAY_BE_UNDONE = Duration.ofHours(24);

    private final UndoStore store = new UndoStore();
    private final Clock clock;

    UndoService(Clock clock) {
        this.clock = clock;
    }

    Future<Void> undo(SqlConnection transaction, Caller caller, UUID importId) {
        var district = caller.districtId();
        var now = clock.instant();
        return store.lock(transaction, district, importId).compose(found -> {
            if (found.isEmpty() || !found.get().hasWritten()) {
                throw Refusal.conflict("import_not_undoable");
            }
            if (found.get().isUndone()) {
                throw Refusal.conflict("already_undone");
            }
            if (now.isAfter(found.get().finishedAt().plus(MAY_BE_UNDONE))) {
                throw Refusal.conflict("undo_too_late");
            }
            return store.begin(transaction, district, importId, caller.personId(), now)
                    .compose(begun -> Jobs.leave(transaction, district, Jobs.NewJob.of(UndoJob.UNDO, importId, now)));
        });
    }
}
