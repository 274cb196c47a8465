package org.huying.identity;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.kernel.Ids;
import org.jspecify.annotations.Nullable;

/** Who logs in how, and in which districts they are known. */
final class LoginStore {
    private LoginStore() {}

    /** The person behind the openid, who is made if there is none yet. */
    static Future<UUID> personByOpenid(SqlConnection transaction, FieldCipher cipher, String openid, Instant now) {
        var index = cipher.index(openid);
        return known(transaction, index)
                .compose(found -> found.map(login ->
                                login.isSealed() ? Future.succeededFuture() : seal(transaction, cipher, openid, index))
                        .orElseGet(() -> transaction
                                .preparedQuery(LoginSql.MAKE_PERSON)
                                .execute(Tuple.of(index, Ids.next(), Rows.utc(now), cipher.seal(openid)))
                                .mapEmpty())
                        .compose(settled ->
                                found.isPresent() ? Future.succeededFuture(found) : known(transaction, index))
                        .map(login -> login.orElseThrow().personId()));
    }

    private record WeChatLogin(UUID personId, boolean isSealed) {
        static WeChatLogin from(Row row) {
            return new WeChatLogin(row.getUUID("person_id"), row.getBoolean("sealed"));
        }
    }

    private static Future<Optional<WeChatLogin>> known(SqlClient client, Buffer openidIndex) {
        return client.preparedQuery(LoginSql.PERSON_BY_OPENID)
                .execute(Tuple.of(openidIndex))
                .map(Rows.first(WeChatLogin::from));
    }

    private static Future<Void> seal(SqlClient client, FieldCipher cipher, String openid, Buffer index) {
        return client.preparedQuery(LoginSql.SEAL_OPENID)
                .execute(Tuple.of(index, cipher.seal(openid)))
                .mapEmpty();
    }

    static Future<Boolean> districtExists(SqlClient client, UUID districtId) {
        return id(client, LoginSql.DISTRICT, Tuple.of(districtId)).map(Optional::isPresent);
    }

    static Future<Optional<UUID>> defaultDistrict(SqlClient client) {
        return id(client, LoginSql.DEFAULT_DISTRICT, Tuple.tuple());
    }

    /** Where somebody logs in who names no district; empty for somebody new. */
    static Future<Optional<UUID>> homeDistrict(SqlClient client, UUID personId) {
        return id(client, LoginSql.HOME_DISTRICT, Tuple.of(personId));
    }

    /** Makes the person known as a resident of the district, if they are not yet. */
    static Future<Void> settle(
            SqlConnection transaction, UUID personId, UUID districtId, @Nullable Buffer nameSealed, Instant now) {
        return transaction
                .preparedQuery(LoginSql.SETTLE)
                .execute(Tuple.of(personId, districtId, nameSealed, Rows.utc(now)))
                .mapEmpty();
    }

    private static Future<Optional<UUID>> id(SqlClient client, String sql, Tuple values) {
        return client.preparedQuery(sql)
                .execute(values)
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getUUID(0)));
    }
}
