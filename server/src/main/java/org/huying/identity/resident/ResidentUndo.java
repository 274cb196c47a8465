package org.huying.identity.resident;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.identity.Imprint;
import org.jspecify.annotations.Nullable;

/** Takes back what was written of many residents at once, as far as nothing else has touched it. */
public final class ResidentUndo {
    private final ResidentStore store;

    public ResidentUndo(FieldCipher cipher) {
        this.store = new ResidentStore(cipher);
    }

    /**
     * Takes back what was made and added; says of each, in their order, whether it was: not of what has changed since, or on
     * which anything rests. And who took it back when. Whoever rests something on one of them just now comes before or after.
     *
     * @param since when it began to be written
     */
    public Future<List<Boolean>> takeBack(
            SqlConnection transaction, UUID districtId, List<Imprint> written, Instant since, UUID byId, Instant now) {
        var gone = new ArrayList<>(Collections.nCopies(written.size(), false));
        var made = new ArrayList<Integer>();
        var added = new ArrayList<Integer>();
        for (int i = 0; i < written.size(); i++) {
            (written.get(i).row() == null ? added : made).add(i);
        }
        var held = transaction.preparedQuery(ResidentSql.HOLD_FOR_UNDO).execute(Tuple.of(districtId, (Object)
                written.stream().map(Imprint::id).toArray(UUID[]::new)));
        var done = made.isEmpty()
                ? held.<Void>mapEmpty()
                : held.compose(all -> transaction
                                .preparedQuery(ResidentSql.TAKE_BACK)
                                .execute(Tuple.of(
                                        districtId,
                                        column(written, made, Imprint::id, new UUID[0]),
                                        column(written, made, Imprint::row, new String[0]),
                                        column(written, made, Imprint::home, new UUID[0]),
                                        column(written, made, Imprint::homeEntry, new String[0]))))
                        .map(rows -> mark(gone, written, made, rows));
        for (var round : rounds(written, added)) {
            done = done.compose(
                    before -> takeBackAdditions(transaction, districtId, written, round, since, gone, byId, now));
        }
        return done.map(all -> List.copyOf(gone));
    }

    /** Who has more than one addition has one in each round. */
    private static List<List<Integer>> rounds(List<Imprint> written, List<Integer> added) {
        var rounds = new ArrayList<List<Integer>>();
        var left = added;
        while (!left.isEmpty()) {
            var whom = new HashSet<UUID>();
            var byTurn = left.stream()
                    .collect(Collectors.partitioningBy(
                            i -> whom.add(written.get(i).id())));
            rounds.add(Objects.requireNonNull(byTurn.get(true)));
            left = Objects.requireNonNull(byTurn.get(false));
        }
        return rounds;
    }

    private Future<Void> takeBackAdditions(
            SqlConnection transaction,
            UUID districtId,
            List<Imprint> written,
            List<Integer> round,
            Instant since,
            List<Boolean> gone,
            UUID byId,
            Instant now) {
        return transaction
                .preparedQuery(ResidentSql.TAKE_BACK_ADDITIONS)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addValue(column(written, round, Imprint::id, new UUID[0]))
                        .addValue(column(written, round, Imprint::phone, new String[0]))
                        .addValue(column(written, round, Imprint::birthDate, new String[0]))
                        .addValue(column(written, round, Imprint::verified, new String[0]))
                        .addValue(column(written, round, Imprint::home, new UUID[0]))
                        .addValue(column(written, round, Imprint::homeEntry, new String[0]))
                        .addOffsetDateTime(Rows.utc(since)))
                .map(rows -> mark(gone, written, round, rows))
                .compose(marked -> store.noteAll(
                        transaction,
                        districtId,
                        byId,
                        round.stream()
                                .filter(gone::get)
                                .map(written::get)
                                .map(each -> new ResidentStore.Noted(each.id(), fieldsOf(each)))
                                .filter(each -> !each.fields().isEmpty())
                                .toList(),
                        now));
    }

    private static @Nullable Void mark(
            List<Boolean> gone, List<Imprint> written, List<Integer> asked, RowSet<Row> rows) {
        Set<UUID> ids = Rows.stream(rows).map(row -> row.getUUID("id")).collect(Collectors.toSet());
        asked.forEach(i -> gone.set(i, ids.contains(written.get(i).id())));
        return null;
    }

    private static <T> @Nullable T[] column(
            List<Imprint> written, List<Integer> which, Function<Imprint, @Nullable T> part, T[] none) {
        return which.stream().map(written::get).map(part).toList().toArray(none);
    }

    private static List<String> fieldsOf(Imprint added) {
        return Stream.of(
                        added.phone() == null ? null : "phone",
                        added.birthDate() == null ? null : "birthDate",
                        added.verified() == null ? null : "birthDateVerified")
                .filter(Objects::nonNull)
                .toList();
    }
}
