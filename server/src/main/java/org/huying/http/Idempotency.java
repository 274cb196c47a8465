package org.huying.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;

/**
 * The first successful answer to a key, kept in the transaction of its effect: what is committed can be answered again,
 * what is rolled back leaves the key free. While a transaction makes the first answer to a key, others with it are refused
 * and do not wait.
 */
public final class Idempotency {
    private static final Duration LIFETIME = Duration.ofHours(24);

    /** A key is good for one caller and one operation. */
    public record Key(UUID districtId, UUID callerId, String operationId, String text) {}

    /** A key together with a hash of what was asked under it. */
    public record Claim(Key key, Buffer requestHash) {}

    /** What was answered first. */
    public record FirstAnswer(int status, Buffer body) {}

    /** How a claim ends: free to go on, answered before, or not to be had. */
    public sealed interface Outcome {
        /** Nobody used the key; it is ours until the transaction ends. */
        record Free() implements Outcome {}

        /** The same was asked before. */
        record Answered(FirstAnswer answer) implements Outcome {}

        /** Running elsewhere, or used for something else. */
        record Refused(Refusal reason) implements Outcome {}
    }

    private static final String LOCK = """
            SELECT k.n, pg_try_advisory_xact_lock(k.lock) AS got
            FROM unnest($1::bigint[]) WITH ORDINALITY AS k (lock, n)
            """;

    private static final String FIND = """
            SELECT i.district_id, i.caller_id, i.operation, i.key, i.request_hash, i.status, i.answer_sealed
            FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) AS k (district_id, caller_id, operation, key)
            JOIN idempotency i USING (district_id, caller_id, operation, key)
            WHERE i.created_at > $5
            """;

    private static final String STORE = """
            INSERT INTO idempotency (district_id, caller_id, operation, key, request_hash, status, answer_sealed, created_at)
            SELECT k.district_id, k.caller_id, k.operation, k.key, k.request_hash, k.status, k.answer_sealed, $8
            FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bytea[], $6::smallint[], $7::bytea[])
                AS k (district_id, caller_id, operation, key, request_hash, status, answer_sealed)
            ON CONFLICT (district_id, caller_id, operation, key) DO UPDATE
            SET request_hash = excluded.request_hash, status = excluded.status,
                answer_sealed = excluded.answer_sealed, created_at = excluded.created_at
            """;

    private static final String FORGET = """
            DELETE FROM idempotency
            WHERE district_id = $1 AND (caller_id, operation, key) IN (
                SELECT caller_id, operation, key FROM idempotency
                WHERE district_id = $1 AND created_at < $2
                ORDER BY created_at LIMIT $3)
            """;

    private static final String FORGET_OF = """
            DELETE FROM idempotency WHERE district_id = $1 AND caller_id = ANY ($2)
            """;

    private final FieldCipher cipher;
    private final InstantSource realTime;

    public Idempotency(FieldCipher cipher, InstantSource realTime) {
        this.cipher = cipher;
        this.realTime = realTime;
    }

    /** The claim of a call that came with a key. */
    public static Claim claimOf(Call call, String key, Buffer requestHash) {
        Caller caller = call.caller();
        return new Claim(new Key(caller.districtId(), caller.personId(), call.operationId(), key), requestHash);
    }

    /**
     * Claims keys for the transaction. Both statements go out at once; the second sees what was committed before the
     * first had its locks. A key that stands twice in the list is had by the first.
     */
    public Future<Map<Claim, Outcome>> claim(SqlConnection transaction, List<Claim> claims) {
        var locks = claims.stream().map(c -> lockOf(c.key())).toArray(Long[]::new);
        var locked = transaction.preparedQuery(LOCK).execute(Tuple.of((Object) locks));
        var found = transaction
                .preparedQuery(FIND)
                .execute(keys(claims.stream().map(Claim::key).toList())
                        .addValue(Rows.utc(realTime.instant().minus(LIFETIME))));
        return Future.all(locked, found).map(both -> outcomes(claims, locked.result(), found.result()));
    }

    /** Keeps the answers; to be called in the transaction that claimed the keys. */
    public Future<Void> store(SqlConnection transaction, Map<Claim, FirstAnswer> answers) {
        if (answers.isEmpty()) {
            return Future.succeededFuture();
        }
        var claims = List.copyOf(answers.keySet());
        var firsts =
                claims.stream().map(answers::get).map(Objects::requireNonNull).toList();
        var values = keys(claims.stream().map(Claim::key).toList())
                .addValue(column(claims, this::keyedHash, Buffer[]::new))
                .addValue(column(firsts, f -> (short) f.status(), Short[]::new))
                .addValue(column(firsts, f -> cipher.sealBytes(f.body().getBytes()), Buffer[]::new))
                .addValue(Rows.utc(realTime.instant()));
        return transaction.preparedQuery(STORE).execute(values).mapEmpty();
    }

    /** Forgets answers that nobody can ask for again; how many. */
    public Future<Integer> forget(SqlConnection transaction, UUID districtId, int limit) {
        return transaction
                .preparedQuery(FORGET)
                .execute(Tuple.of(districtId, Rows.utc(realTime.instant().minus(LIFETIME)), limit))
                .map(rows -> rows.rowCount());
    }

    /** What these callers were answered is not answered again. */
    public static Future<Void> forget(SqlConnection transaction, UUID districtId, Collection<UUID> callerIds) {
        return transaction
                .preparedQuery(FORGET_OF)
                .execute(Tuple.of(districtId, (Object) callerIds.toArray(UUID[]::new)))
                .mapEmpty();
    }

    private Map<Claim, Outcome> outcomes(List<Claim> claims, RowSet<Row> locked, RowSet<Row> found) {
        Set<Integer> held = new HashSet<>();
        locked.forEach(row -> {
            if (row.getBoolean("got")) {
                held.add(row.getLong("n").intValue() - 1);
            }
        });
        Map<Key, Row> rows = new HashMap<>();
        found.forEach(row -> rows.put(keyOf(row), row));
        Map<Claim, Outcome> outcomes = new HashMap<>();
        for (int i = 0; i < claims.size(); i++) {
            outcomes.put(claims.get(i), outcome(claims.get(i), held.contains(i), rows));
        }
        return outcomes;
    }

    private Outcome outcome(Claim claim, boolean held, Map<Key, Row> rows) {
        var row = rows.get(claim.key());
        if (row == null) {
            return held ? new Outcome.Free() : new Outcome.Refused(Refusal.conflict("request_in_progress"));
        }
        // Whoever holds the key now is no first one: it asks again, as we do, or has committed and not let go yet.
        if (!row.getBuffer("request_hash").equals(keyedHash(claim))) {
            return new Outcome.Refused(Refusal.ruleBroken("idempotency_key_reused"));
        }
        var body = Buffer.buffer(cipher.openBytes(row.getBuffer("answer_sealed")));
        return new Outcome.Answered(new FirstAnswer(row.getInteger("status"), body));
    }

    /** Whoever has the table, and not the key, cannot try out what was asked: a phone is soon guessed. */
    private Buffer keyedHash(Claim claim) {
        return cipher.index(HexFormat.of().formatHex(claim.requestHash().getBytes()));
    }

    private static Key keyOf(Row row) {
        return new Key(
                row.getUUID("district_id"), row.getUUID("caller_id"), row.getString("operation"), row.getString("key"));
    }

    private static Tuple keys(List<Key> keys) {
        return Tuple.tuple()
                .addValue(column(keys, Key::districtId, UUID[]::new))
                .addValue(column(keys, Key::callerId, UUID[]::new))
                .addValue(column(keys, Key::operationId, String[]::new))
                .addValue(column(keys, Key::text, String[]::new));
    }

    private static <T, C> C[] column(List<T> rows, Function<T, C> value, IntFunction<C[]> array) {
        return rows.stream().map(value).toArray(array);
    }

    /** Two keys with one lock only refuse each other for a moment. */
    private static long lockOf(Key key) {
        long hash = 1125899906842597L;
        for (byte b : key.toString().getBytes(StandardCharsets.UTF_8)) {
            hash = 31 * hash + b;
        }
        return hash;
    }
}
