package org.huying.db.seal;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sealed values of one kind, gone through a few at a time. */
public interface Resealable {
    /** By which its progress is kept and measured. */
    String name();

    /**
     * Looks at the next few.
     *
     * @param after where the step before ended; empty for the first
     */
    Future<Step> step(SqlConnection transaction, UUID districtId, List<String> after);

    /**
     * What one step has done.
     *
     * @param seen     how many values it has looked at
     * @param resealed how many of them were under an older key and are no more
     * @param damaged  how many could not be opened, and stay
     * @param last     where it ended; null when there is nothing behind
     */
    record Step(
            int seen, int resealed, int damaged, @Nullable List<String> last) {
        public Step {
            last = last == null ? null : List.copyOf(last);
        }
    }
}
