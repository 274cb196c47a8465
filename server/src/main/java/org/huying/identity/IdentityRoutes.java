package org.huying.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.identity.resident.Profiles;
import org.huying.identity.session.SigningKeys;
import org.huying.kernel.Role;
import org.huying.kernel.spelling.Typed;
import org.huying.place.Places;
import org.huying.wechat.WeChatLogins;

/** Logins and the caller over HTTP. Of one event loop. */
public final class IdentityRoutes implements Operations.Binder {
    private final Database database;
    private final LoginService logins;
    private final StaffLoginService staffLogins;
    private final Profiles profiles;
    private final MeService me;
    private final SigningKeys keys;

    public IdentityRoutes(
            SharedIdentity shared,
            Database database,
            FieldCipher cipher,
            Places places,
            WeChatLogins wechat,
            CanteenNames canteens,
            Profiles profiles) {
        this.database = database;
        this.profiles = profiles;
        this.logins = new LoginService(shared, database, cipher, wechat);
        this.staffLogins = new StaffLoginService(shared, database, cipher);
        this.me = new MeService(cipher, places, canteens);
        this.keys = shared.tokens().keys();
    }

    @Override
    public void bind(Operations operations) {
        operations.query("getKeys", Access.anyone(), this::getKeys);
        operations.unmanaged("loginWithWechat", Access.anyone(), this::loginWithWechat);
        operations.unmanaged("loginAsStaff", Access.anyone(), this::loginAsStaff);
        operations.unmanaged("activateStaff", Access.anyone(), this::activateStaff);
        operations.unmanaged("changePassword", Access.signedIn(), this::changePassword);
        operations.unmanaged("refreshLogin", Access.anyone(), this::refreshLogin);
        operations.unmanaged("logout", Access.anyone(), this::logout);
        operations.query("getMe", Access.signedIn(), this::getMe);
        operations.command("changeMe", Access.anyOf(Role.RESIDENT), this::changeMe);
    }

    private Future<Answer> getKeys(Call call) {
        return Future.succeededFuture(Answer.ok(Map.of("keys", keys.jwks())));
    }

    private Future<Answer> loginWithWechat(Call call) {
        var districtId = call.body().getString("districtId");
        return logins.withWechat(call.body().getString("code"), districtId == null ? null : UUID.fromString(districtId))
                .map(IdentityRoutes::secret);
    }

    private Future<Answer> loginAsStaff(Call call) {
        var body = call.body();
        return staffLogins
                .asStaff(Typed.loginName(body.getString("username")), body.getString("password"), call.remoteAddress())
                .map(IdentityRoutes::secret);
    }

    private Future<Answer> activateStaff(Call call) {
        var body = call.body();
        return staffLogins
                .activate(
                        Typed.loginName(body.getString("username")),
                        body.getString("activationCode"),
                        body.getString("password"),
                        call.remoteAddress())
                .map(IdentityRoutes::secret);
    }

    private Future<Answer> changePassword(Call call) {
        var body = call.body();
        return staffLogins
                .changePassword(
                        call.caller(),
                        body.getString("currentPassword"),
                        body.getString("newPassword"),
                        call.remoteAddress())
                .map(changed -> Answer.noContent());
    }

    private Future<Answer> refreshLogin(Call call) {
        return logins.refresh(call.body().getString("refreshToken")).map(IdentityRoutes::secret);
    }

    private Future<Answer> logout(Call call) {
        return logins.logout(call.body().getString("refreshToken")).map(done -> Answer.noContent());
    }

    private Future<Answer> getMe(Call call) {
        return database.read(client -> me.me(client, call.caller())).map(Answer::ok);
    }

    private Future<Answer> changeMe(Call call, SqlConnection transaction) {
        var name = call.body().getString("displayName");
        var birthDate = call.body().getString("birthDate");
        return profiles.changeOwn(
                        transaction,
                        call.caller(),
                        name == null ? null : name.strip(),
                        birthDate == null ? null : LocalDate.parse(birthDate))
                .compose(changed -> me.me(transaction, call.caller()))
                .map(Answer::ok);
    }

    /** Tokens are for nobody's cache. */
    private static Answer secret(Login login) {
        return new Answer(200, login, Map.of("Cache-Control", "no-store"));
    }
}
