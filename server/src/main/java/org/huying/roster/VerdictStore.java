package org.huying.roster;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.huying.db.FieldCipher;
import org.jspecify.annotations.Nullable;

/** What was found of rows, and what came of them. */
final class VerdictStore {
    private final FieldCipher cipher;

    VerdictStore(FieldCipher cipher) {
        this.cipher = cipher;
    }

    /**
     * Keeps both. What rows are known by, and what was tried with them, is known from their check: when they are written, those
     * whom the file made are here themselves.
     *
     * @param written what came of rows, by their numbers
     */
    <P> Future<Void> judged(
            SqlConnection transaction,
            UUID districtId,
            RosterImport of,
            List<Verdict<P>> verdicts,
            Map<Integer, Written> written) {
        var outcomes = outcomes(transaction, districtId, of, verdicts, written);
        return of.isWriting()
                ? outcomes
                : outcomes.compose(kept -> keys(transaction, districtId, of, verdicts))
                        .compose(kept -> guesses(transaction, districtId, of, verdicts));
    }

    private <P> Future<Void> outcomes(
            SqlConnection transaction,
            UUID districtId,
            RosterImport of,
            List<Verdict<P>> verdicts,
            Map<Integer, Written> written) {
        Function<Verdict<P>, Optional<Written>> came =
                verdict -> Optional.ofNullable(written.get(verdict.row().number()));
        Function<Verdict<P>, @Nullable String> code =
                verdict -> came.apply(verdict).map(Written::activationCode).orElse(null);
        Function<Verdict<P>, Boolean> keep = verdict -> verdict.outcome().isToBeSeen()
                || verdict.row().decision() != null
                || code.apply(verdict) != null
                || (!of.dryRun() && !of.isWriting() && verdict.outcome().isToBeWritten());
        return transaction
                .preparedQuery(RosterSql.JUDGED)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addUUID(of.id())
                        .addValue(rows(verdicts))
                        .addValue(verdicts.stream()
                                .map(each -> each.outcome().code())
                                .toArray(String[]::new))
                        .addValue(verdicts.stream()
                                .map(each -> new JsonArray(each.errors().stream()
                                        .map(RowError::json)
                                        .toList()))
                                .toArray(JsonArray[]::new))
                        .addBoolean(of.isWriting())
                        .addValue(verdicts.stream()
                                .map(each -> cipher.seal(code.apply(each)))
                                .toArray(Buffer[]::new))
                        .addValue(verdicts.stream().map(keep).toArray(Boolean[]::new))
                        .addValue(candidates(verdicts))
                        .addValue(verdicts.stream()
                                .map(each ->
                                        came.apply(each).map(Written::trace).orElse(null))
                                .toArray(JsonObject[]::new)))
                .mapEmpty();
    }

    private record Key(int row, String key) {}

    private <P> Future<Void> keys(
            SqlConnection transaction, UUID districtId, RosterImport of, List<Verdict<P>> verdicts) {
        var keys = verdicts.stream()
                .flatMap(each -> Stream.of(each.keys().stream(), each.doubtKeys().stream(), each.addedKeys().stream())
                        .flatMap(known -> known)
                        .map(key -> new Key(each.row().number(), key)))
                .toList();
        return transaction
                .preparedQuery(RosterSql.FORGET_KEYS_OF)
                .execute(Tuple.of(districtId, of.id(), rows(verdicts)))
                .compose(gone -> transaction
                        .preparedQuery(RosterSql.KEEP_KEYS)
                        .execute(Tuple.of(
                                districtId,
                                of.id(),
                                keys.stream().map(Key::row).toArray(Integer[]::new),
                                keys.stream()
                                        .map(each -> cipher.index(each.key()))
                                        .toArray(Buffer[]::new))))
                .mapEmpty();
    }

    private record Guess(int row, Verdict.Said said) {}

    private <P> Future<Void> guesses(
            SqlConnection transaction, UUID districtId, RosterImport of, List<Verdict<P>> verdicts) {
        var guesses = verdicts.stream()
                .flatMap(each ->
                        each.said().stream().map(said -> new Guess(each.row().number(), said)))
                .toList();
        return transaction
                .preparedQuery(RosterSql.FORGET_GUESSES_OF)
                .execute(Tuple.of(districtId, of.id(), rows(verdicts)))
                .compose(gone -> transaction
                        .preparedQuery(RosterSql.KEEP_GUESSES)
                        .execute(Tuple.of(
                                districtId,
                                of.id(),
                                guesses.stream().map(Guess::row).toArray(Integer[]::new),
                                guesses.stream()
                                        .map(each -> cipher.index(each.said().about()))
                                        .toArray(Buffer[]::new),
                                guesses.stream()
                                        .map(each -> cipher.index(each.said().whole()))
                                        .toArray(Buffer[]::new),
                                guesses.stream().map(each -> each.said().fits()).toArray(Boolean[]::new))))
                .mapEmpty();
    }

    private static Integer[] rows(List<? extends Verdict<?>> verdicts) {
        return verdicts.stream().map(each -> each.row().number()).toArray(Integer[]::new);
    }

    private static String[] candidates(List<? extends Verdict<?>> verdicts) {
        return verdicts.stream()
                .map(each -> each.candidates().stream().map(UUID::toString).collect(Collectors.joining(",")))
                .toArray(String[]::new);
    }
}
