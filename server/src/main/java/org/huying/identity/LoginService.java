package org.huying.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.identity.LoginStore.StaffLogin;
import org.huying.identity.session.AccessTokens;
import org.huying.identity.session.OpenSession;
import org.huying.identity.session.SessionOwner;
import org.huying.identity.session.Sessions;
import org.huying.kernel.Caller;
import org.huying.kernel.Faults;
import org.huying.kernel.Grant;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.wechat.WeChatLogins;
import org.jspecify.annotations.Nullable;

/** Lets people in: by a WeChat code, by a password, by the refresh token of before. */
final class LoginService {
    private static final int NAME_TAIL = 4;

    private final SharedIdentity shared;
    private final Database database;
    private final FieldCipher cipher;
    private final People people;
    private final WeChatLogins wechat;
    private final Sessions sessions;

    LoginService(SharedIdentity shared, Database database, FieldCipher cipher, WeChatLogins wechat) {
        this.shared = shared;
        this.database = database;
        this.cipher = cipher;
        this.people = new People(cipher);
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
                        .compose(session -> login(tx, session))))
                .map(login -> login.orElseThrow(IllegalStateException::new));
    }

    /** @param address where the request comes from, for locking out guessers */
    Future<Login> asStaff(String username, String password, String address) {
        return shared.throttle()
                .check(username, address)
                .compose(free -> database.read(client -> LoginStore.staff(client, username)))
                .compose(staff -> verified(username, password, address, staff))
                .compose(owner ->
                        database.inTransaction(tx -> sessions.open(tx, owner).compose(session -> login(tx, session))))
                .map(login -> login.orElseThrow(LoginService::badCredentials));
    }

    /** A refusal comes after the commit, as a reused token ends its session. */
    Future<Login> refresh(String refreshToken) {
        return database.inTransaction(tx -> sessions.renew(tx, refreshToken)
                        .compose(session -> session.isPresent()
                                ? login(tx, session.get())
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

    private Future<SessionOwner> verified(
            String username, String password, String address, Optional<StaffLogin> staff) {
        var hash = staff.map(StaffLogin::passwordHash).orElse(null);
        return shared.passwords().matches(password, hash).compose(matches -> {
            var owner = staff.filter(login -> matches).map(LoginService::owner);
            return shared.throttle()
                    .settle(username, address, owner.isPresent())
                    .map(settled -> owner.orElseThrow(LoginService::badCredentials));
        });
    }

    private static @Nullable SessionOwner owner(StaffLogin login) {
        var districtId = login.districtId();
        return districtId == null ? null : new SessionOwner(login.personId(), districtId, Caller.Kind.STAFF);
    }

    /** Empty for somebody who may not be let in any more. */
    private Future<Optional<Login>> login(SqlClient client, OpenSession session) {
        return principal(client, session.owner())
                .map(principal -> principal.map(known -> new Login(
                        shared.tokens().issue(session, known.roles()),
                        session.refreshToken(),
                        "Bearer",
                        AccessTokens.LIFETIME.toSeconds(),
                        known.view())));
    }

    private Future<Optional<Principal>> principal(SqlClient client, SessionOwner owner) {
        var roles = owner.kind() == Caller.Kind.RESIDENT
                ? Future.succeededFuture(Optional.of(List.of(Role.RESIDENT)))
                : Grants.of(client, owner.districtId(), owner.personId())
                        .map(grants -> grants.map(LoginService::roles));
        return roles.compose(held -> people.names(client, owner.districtId(), List.of(owner.personId()))
                .map(names -> held.flatMap(some -> Optional.ofNullable(names.get(owner.personId()))
                        .map(name -> new Principal(owner, name, some)))));
    }

    private static List<Role> roles(List<Grant> grants) {
        return grants.stream().map(Grant::role).distinct().toList();
    }

    /** WeChat tells no name: until the resident gives one, a tail of the id tells them apart. */
    private static String newName(UUID personId) {
        var id = personId.toString();
        return "居民" + id.substring(id.length() - NAME_TAIL);
    }

    private static Refusal badCredentials() {
        return Refusal.unauthenticated("bad_credentials");
    }

    private static Refusal districtUnknown() {
        return Faults.of("/districtId", "district_unknown");
    }
}
