package org.huying.identity;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.Rows;

/** The user names and passwords of staff. */
final class CredentialStore {
    private CredentialStore() {}

    static Future<Optional<Credentials>> byUsername(SqlClient client, String username) {
        return client.preparedQuery(CredentialSql.BY_USERNAME)
                .execute(Tuple.of(username))
                .map(Rows.first(Credentials::from));
    }

    static Future<Optional<Credentials>> byPerson(SqlClient client, UUID districtId, UUID personId) {
        return client.preparedQuery(CredentialSql.BY_PERSON)
                .execute(Tuple.of(districtId, personId))
                .map(Rows.first(Credentials::from));
    }

    /** Empty where the code was not there any more to be used; else whether the roles are those it was issued for. */
    static Future<Optional<Boolean>> activate(
            SqlConnection transaction, String username, Buffer codeHash, String passwordHash, UUID districtId) {
        return transaction
                .preparedQuery(CredentialSql.ACTIVATE)
                .execute(Tuple.of(username, codeHash, passwordHash, districtId))
                .map(Rows.first(row -> row.getBoolean("as_issued")));
    }

    /** Whether the password was still the one before. */
    static Future<Boolean> replace(SqlClient client, String username, String before, String after) {
        return client.preparedQuery(CredentialSql.REPLACE_PASSWORD)
                .execute(Tuple.of(username, before, after))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Whether the password is still the one that was looked at, and its owner may still be let in. */
    static Future<Boolean> hold(SqlConnection transaction, String username, String passwordHash, UUID districtId) {
        return transaction
                .preparedQuery(CredentialSql.HOLD)
                .execute(Tuple.of(username, passwordHash, districtId))
                .map(rows -> rows.size() == 1);
    }
}
