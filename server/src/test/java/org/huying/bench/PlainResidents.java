package org.huying.bench;

import static org.huying.bench.BenchNode.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.huying.db.FieldCipher;
import org.huying.db.Pools;
import org.huying.kernel.Ids;
import org.huying.kernel.spelling.NormalForm;

/** Residents as rows and nothing else, which is the least that has to be written of them. */
final class PlainResidents {
    private static final int AT_ONCE = 500;

    private static final String INSERT = """
            WITH made AS (INSERT INTO person (id, created_at) SELECT id, now() FROM unnest($2::uuid[]) AS p (id)),
                 known AS (INSERT INTO person_district (person_id, district_id) SELECT id, $1 FROM unnest($2::uuid[]) AS p (id))
            INSERT INTO resident (district_id, id, name_sealed, name_index, phone_sealed, phone_index, birth_date_sealed,
                birth_date_verified, consent_note_sealed, created_at)
            SELECT $1, r.id, r.name, r.name_index, r.phone, r.phone_index, r.birth_date, false, r.consent, now()
            FROM unnest($2::uuid[], $3::bytea[], $4::bytea[], $5::bytea[], $6::bytea[], $7::bytea[], $8::bytea[])
                AS r (id, name, name_index, phone, phone_index, birth_date, consent)
            """;

    /** How long it took. */
    record Took(long nanos, CpuTimes cpu) {}

    private PlainResidents() {}

    /** Sealed and inserted, statement after statement, into a district of their own. */
    static Took insert(BenchNode node, int count) throws Exception {
        var vertx = Vertx.vertx();
        var pool = Pools.forBulk(vertx, "bench", node.url(), 1);
        try {
            var district = Ids.next();
            await(pool.preparedQuery("INSERT INTO district (id, name) VALUES ($1, 'bench')")
                    .execute(Tuple.of(district)));
            var cpu = CpuTimes.now();
            var since = System.nanoTime();
            for (int from = 0; from < count; from += AT_ONCE) {
                insert(pool, district, node.keys().cipher(), from, Math.min(AT_ONCE, count - from));
            }
            return new Took(System.nanoTime() - since, CpuTimes.now().since(cpu));
        } finally {
            await(pool.close());
            await(vertx.close());
        }
    }

    private static void insert(Pool pool, UUID district, FieldCipher cipher, int from, int count) throws Exception {
        IntFunction<String> name = n -> "张三" + n;
        IntFunction<String> phone = n -> "1390000" + (1_000 + n % 9_000);
        await(pool.preparedQuery(INSERT)
                .execute(Tuple.tuple()
                        .addUUID(district)
                        .addValue(IntStream.range(0, count)
                                .mapToObj(n -> Ids.next())
                                .toArray(UUID[]::new))
                        .addValue(each(from, count, n -> cipher.seal(name.apply(n))))
                        .addValue(each(from, count, n -> cipher.index(NormalForm.ofName(name.apply(n)))))
                        .addValue(each(from, count, n -> cipher.seal(phone.apply(n))))
                        .addValue(each(from, count, n -> cipher.index(NormalForm.ofNumber(phone.apply(n)))))
                        .addValue(each(from, count, n -> cipher.seal("1950-01-01")))
                        .addValue(each(from, count, n -> cipher.seal("本人同意")))));
    }

    private static Buffer[] each(int from, int count, IntFunction<Buffer> value) {
        return IntStream.range(from, from + count).mapToObj(value).toArray(Buffer[]::new);
    }
}
