package org.huying.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.identity.session.SessionOwner;
import org.huying.identity.session.Sessions;
import org.huying.kernel.Caller;
import org.huying.kernel.Faults;
import org.huying.kernel.Refusal;
import org.huying.wechat.WeChatLogins;
import org.jspecify.annotations.Nullable;

/** Lets people in: by a WeChat code, by the refresh token of before. Passwords have a service of their own. */
final class LoginService {
    private static final int NAME_TAIL = 4;

    private final SharedIdentity shared;
    private final Database database;
    private final FieldCipher cipher;
    private final Admission admission;
    private final WeChatLogins wechat;
    private final Sessions sessions;

    LoginService(SharedIdentity shared, Database database, FieldCipher cipher, WeChatLogins wechat) {
        this.shared = shared;
        this.database = database;
        this.cipher = cipher;
        this.admission = new Admission(shared, cipher);
        this.wechat = wechat;
        this.sessions = new Sessions(shared.revoked(), shared.clock());
    }

    /** @param districtId where to log in; without it the default district, or where the person is known */
    Future<Login> withWechat(String code, @Nullable UUID districtId) {
        // WeChat takes a code once only, so what can be refused without it comes first
        return requireDistrict(districtId)
                .compose(known -> wechat.openid(code))
                .compose(openid -> database.inTransaction(tx -> resident(tx, openid, districtId)
                        .compose(owner -> sessions.open(tx, owner))
                        .compose(session -> admission.login(tx, session))))
                .map(login -> login.orElseThrow(IllegalStateException::new));
    }

    /** A refusal comes after the commit, as a reused token ends its session. */
    Future<Login> refresh(String refreshToken) {
        return database.inTransaction(tx -> sessions.renew(tx, refreshToken)
                        .compose(session -> session.isPresent()
                                ? admission.login(tx, session.get())
                                : Future.succeededFuture(Optional.empty())))
                .map(login -> login.orElseThrow(Sessions::refused));
    }

    Future<Void> logout(String refreshToken) {
        return database.inTransaction(tx -> sessions.end(tx, refreshToken));
    }

    private Future<Void> requireDistrict(@Nullable UUID districtId) {
        if (districtId == null) {
            return Future.succeededFuture();
        }
        return database.read(client -> LoginStore.districtExists(client, districtId))
                .map(exists -> {
                    if (!exists) {
                        throw districtUnknown();
                    }
                    return null;
                });
    }

    private Future<SessionOwner> resident(SqlConnection transaction, String openid, @Nullable UUID named) {
        var now = shared.clock().instant();
        return LoginStore.personByOpenid(transaction, cipher, openid, now)
                .compose(personId -> district(transaction, personId, named)
                        .compose(districtId -> LoginStore.settle(
                                        transaction, personId, districtId, cipher.seal(newName(personId)), now)
                                .map(new SessionOwner(personId, districtId, Caller.Kind.RESIDENT))));
    }

    private static Future<UUID> district(SqlClient client, UUID personId, @Nullable UUID named) {
        if (named != null) {
            return Future.succeededFuture(named);
        }
        return LoginStore.homeDistrict(client, personId)
                .compose(home -> home.isPresent() ? Future.succeededFuture(home) : LoginStore.defaultDistrict(client))
                .map(found -> found.orElseThrow(LoginService::districtUnknown));
    }

    /** WeChat tells no name: until the resident gives one, a tail of the id tells them apart. */
    private static String newName(UUID personId) {
        var id = personId.toString();
        return "居民" + id.substring(id.length() - NAME_TAIL);
    }

    private static Refusal districtUnknown() {
        return Faults.of("/districtId", "district_unknown");
    }
}
