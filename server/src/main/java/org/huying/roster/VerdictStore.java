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
import org.huying.db.FieldCipher;
import org.jspecify.annotations.Nullable;

/** What was found of rows, and what came of them. */
final class VerdictStore {
    private final FieldCipher cipher;

    VerdictStore(FieldCipher cipher) {
        this.cipher = cipher;
    }

    /** @param written what came of rows, by their numbers */
    <P> Future<Void> judged(
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
                        .addValue(verdicts.stream()
                                .map(each -> each.row().number())
                                .toArray(Integer[]::new))
                        .addValue(verdicts.stream()
                                .map(each -> each.outcome().code())
                                .toArray(String[]::new))
                        .addValue(verdicts.stream()
                                .map(each -> new JsonArray(each.errors().stream()
                                        .map(RowError::json)
                                        .toList()))
                                .toArray(JsonArray[]::new))
                        .addValue(keys(verdicts, 0))
                        .addValue(keys(verdicts, 1))
                        .addBoolean(of.isWriting())
                        .addValue(verdicts.stream()
                                .map(each -> cipher.seal(code.apply(each)))
                                .toArray(Buffer[]::new))
                        .addValue(verdicts.stream().map(keep).toArray(Boolean[]::new))
                        .addValue(indexes(verdicts, said(Verdict.Said::name)))
                        .addValue(candidates(verdicts))
                        .addValue(indexes(verdicts, Verdict::doubtKey))
                        .addValue(verdicts.stream()
                                .map(each -> came.apply(each)
                                        .map(Written::imprint)
                                        .map(Traces::json)
                                        .orElse(null))
                                .toArray(JsonObject[]::new))
                        .addValue(indexes(verdicts, said(Verdict.Said::whole)))
                        .addValue(verdicts.stream()
                                .map(each -> each.said() != null && each.said().fits())
                                .toArray(Boolean[]::new))
                        .addValue(indexes(verdicts, Verdict::addedKey)))
                .mapEmpty();
    }

    private static Function<Verdict<?>, @Nullable String> said(Function<Verdict.Said, String> part) {
        return verdict -> verdict.said() == null ? null : part.apply(verdict.said());
    }

    private <P> @Nullable Buffer[] keys(List<Verdict<P>> verdicts, int which) {
        return verdicts.stream()
                .map(Verdict::keys)
                .map(keys -> keys.size() > which ? cipher.index(keys.get(which)) : null)
                .toArray(Buffer[]::new);
    }

    private static String[] candidates(List<? extends Verdict<?>> verdicts) {
        return verdicts.stream()
                .map(each -> each.candidates().stream().map(UUID::toString).collect(Collectors.joining(",")))
                .toArray(String[]::new);
    }

    private @Nullable Buffer[] indexes(
            List<? extends Verdict<?>> verdicts, Function<Verdict<?>, @Nullable String> part) {
        return verdicts.stream()
                .map(part)
                .map(text -> text == null ? null : cipher.index(text))
                .toArray(Buffer[]::new);
    }
}
