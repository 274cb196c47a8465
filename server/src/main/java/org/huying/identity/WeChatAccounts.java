package org.huying.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;

/** Who can be reached by WeChat, for those who send messages. */
public final class WeChatAccounts {
    private final FieldCipher cipher;

    public WeChatAccounts(FieldCipher cipher) {
        this.cipher = cipher;
    }

    /** Whether the person logs in with WeChat, as staff do not. */
    public Future<Boolean> has(SqlClient client, UUID personId) {
        return client.preparedQuery(LoginSql.OPENID_OF_PERSON)
                .execute(Tuple.of(personId))
                .map(rows -> rows.size() > 0);
    }

    /** Empty without an account, and for an account that has not logged in since openids are kept. */
    public Future<Optional<String>> openid(SqlClient client, UUID personId) {
        return client.preparedQuery(LoginSql.OPENID_OF_PERSON)
                .execute(Tuple.of(personId))
                .map(Rows.first(row -> cipher.open(row.getBuffer("openid_sealed"))));
    }
}
