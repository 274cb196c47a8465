package org.huying.roster;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.huying.identity.resident.ResidentBatch.ToldApart;
import org.huying.kernel.Fault;
import org.jspecify.annotations.Nullable;

/**
 * What became of a row.
 *
 * @param outcome        absent until it is known
 * @param cells          what stands in it, for whoever handed it in, and only while it is needed
 * @param activationCode of an account that was made, likewise
 * @param candidates     whom it may be about, likewise
 * @param decision       absent until somebody has decided
 * @param undone         absent unless it was to be taken back
 */
record ImportRowView(
        int row,
        @Nullable String outcome,
        List<Wrong> errors,
        @Nullable List<CellView> cells,
        @Nullable String activationCode,
        List<ToldApart> candidates,
        @Nullable Decided decision,
        @Nullable Boolean undone) {
    record Decided(String choice, @Nullable UUID residentId) {
        static @Nullable Decided of(@Nullable Decision decision) {
            return decision == null ? null : new Decided(decision.choice().code(), decision.residentId());
        }
    }

    /** In words too. */
    record Wrong(@Nullable String column, String code, String message) {
        static Wrong of(RowError error, Function<Fault, String> words) {
            var column = error.column();
            return new Wrong(column == null ? null : column.code(), error.code(), words.apply(error.fault()));
        }
    }

    record CellView(String column, String text) {}
}
