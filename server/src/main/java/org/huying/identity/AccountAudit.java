package org.huying.identity;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.kernel.Grant;
import org.huying.kernel.Ids;
import org.huying.kernel.Role;
import org.jspecify.annotations.Nullable;

/** What was done to the accounts of staff, by whom: added to in the transaction of the deed, and never changed. */
public final class AccountAudit {
    private static final String ADD = """
            INSERT INTO account_audit (district_id, id, staff_id, at, actor_id, action, detail_sealed)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """;

    private static final String LATEST = """
            SELECT at, actor_id, action, detail_sealed FROM account_audit
            WHERE district_id = $1 AND staff_id = $2
            ORDER BY id DESC
            LIMIT $3
            """;

    private static final String SINCE = """
            SELECT k.n::int AS n, a.detail_sealed
            FROM unnest($2::uuid[], $3::uuid[]) WITH ORDINALITY AS k (staff_id, entry_id, n)
            JOIN account_audit a ON a.district_id = $1 AND a.staff_id = k.staff_id AND a.id > k.entry_id
            WHERE a.action = 'changed'
            ORDER BY k.n, a.id
            """;

    private final FieldCipher cipher;

    public AccountAudit(FieldCipher cipher) {
        this.cipher = cipher;
    }

    /** What may happen to an account. */
    public enum Action {
        CREATED,
        CHANGED,
        SUSPENDED,
        RESUMED,
        PASSWORD_RESET,
        ACTIVATED,
        PASSWORD_CHANGED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Action of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** What became of the account: the name and the roles since then, where they are other ones, and why. */
    public record Detail(
            @Nullable String name,
            @Nullable List<Grant> grants,
            @Nullable String reason) {
        public static final Detail NONE = new Detail(null, null, null);

        private String encoded() {
            return new JsonObject()
                    .put("name", name)
                    .put(
                            "grants",
                            grants == null
                                    ? null
                                    : new JsonArray(
                                            grants.stream().map(Detail::json).toList()))
                    .put("reason", reason)
                    .encode();
        }

        private static JsonObject json(Grant grant) {
            return new JsonObject()
                    .put("role", grant.role().code())
                    .put("scope", grant.scope().name())
                    .put("scopeId", grant.scopeId().toString());
        }

        private static Detail decoded(String text) {
            var json = new JsonObject(text);
            var grants = json.getJsonArray("grants");
            return new Detail(
                    json.getString("name"),
                    grants == null
                            ? null
                            : grants.stream()
                                    .map(each -> grant((JsonObject) each))
                                    .toList(),
                    json.getString("reason"));
        }

        private static Grant grant(JsonObject json) {
            return new Grant(
                    Role.of(json.getString("role")),
                    Grant.Scope.valueOf(json.getString("scope")),
                    UUID.fromString(json.getString("scopeId")));
        }
    }

    /** One deed. */
    public record Entry(Instant at, UUID actorId, Action action, Detail detail) {}

    public Future<Void> add(
            SqlConnection transaction,
            UUID districtId,
            UUID staffId,
            UUID actorId,
            Action action,
            Detail detail,
            Instant now) {
        var row = Tuple.tuple()
                .addUUID(districtId)
                .addUUID(Ids.next())
                .addUUID(staffId)
                .addOffsetDateTime(Rows.utc(now))
                .addUUID(actorId)
                .addString(action.code())
                .addBuffer(cipher.seal(detail.encoded()));
        return transaction.preparedQuery(ADD).execute(row).mapEmpty();
    }

    /** The latest first. */
    public Future<List<Entry>> latest(SqlClient client, UUID districtId, UUID staffId, int limit) {
        return client.preparedQuery(LATEST)
                .execute(Tuple.of(districtId, staffId, limit))
                .map(Rows.list(this::entry));
    }

    /** An account as its record was up to an entry. */
    public record Mark(UUID staffId, UUID entryId) {}

    /** What was changed of each of these since then, in their order. */
    public Future<List<List<Detail>>> changesSince(SqlClient client, UUID districtId, List<Mark> marks) {
        return client.preparedQuery(SINCE)
                .execute(Tuple.of(
                        districtId,
                        marks.stream().map(Mark::staffId).toArray(UUID[]::new),
                        marks.stream().map(Mark::entryId).toArray(UUID[]::new)))
                .map(rows -> {
                    var changes =
                            marks.stream().map(each -> new ArrayList<Detail>()).toList();
                    rows.forEach(row -> changes.get(row.getInteger("n") - 1)
                            .add(Detail.decoded(cipher.openPresent(row.getBuffer("detail_sealed")))));
                    return changes.stream().map(List::<Detail>copyOf).toList();
                });
    }

    private Entry entry(Row row) {
        return new Entry(
                Rows.instant(row, "at"),
                row.getUUID("actor_id"),
                Action.of(row.getString("action")),
                Detail.decoded(cipher.openPresent(row.getBuffer("detail_sealed"))));
    }
}
