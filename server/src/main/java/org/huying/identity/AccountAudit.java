package org.huying.identity;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
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

    private Entry entry(Row row) {
        return new Entry(
                Rows.instant(row, "at"),
                row.getUUID("actor_id"),
                Action.of(row.getString("action")),
                Detail.decoded(cipher.openPresent(row.getBuffer("detail_sealed"))));
    }
}
