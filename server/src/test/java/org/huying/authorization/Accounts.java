package org.huying.authorization;

import static org.huying.testing.TestApp.await;

import io.vertx.sqlclient.Tuple;
import java.util.Locale;
import java.util.UUID;
import org.huying.demo.district.DemoIds;
import org.huying.kernel.Grant.Scope;
import org.huying.kernel.Ids;
import org.huying.kernel.Role;
import org.huying.kernel.spelling.NormalForm;
import org.huying.testing.Api;
import org.huying.testing.TestApp;

/** Staff beyond those of the demo, with the password of all of them. */
final class Accounts {
    private final TestApp app;

    Accounts(TestApp app) {
        this.app = app;
    }

    /** An account; whoever holds it is called as their account. */
    record Account(UUID id, String username) {}

    Api api(Account account) {
        return app.staff(account.username());
    }

    /** Holding what the caller of this column holds, on this side. */
    Account like(Side side, Who who) {
        return switch (who) {
            case ADMIN -> of(side.ids(), Role.ADMIN, Scope.PLACE, side.ids().place("district"));
            case DISPATCHER, WORKER -> of(side.ids(), Role.of(who.code()), Scope.ORGANIZATION, side.firm());
            case CANTEEN_OPERATOR -> of(side.ids(), Role.CANTEEN_OPERATOR, Scope.CANTEEN, side.canteen());
            default -> of(side.ids(), Role.of(who.code()), Scope.PLACE, side.community());
        };
    }

    Account of(DemoIds district, Role role, Scope scope, UUID scopeId) {
        var id = Ids.next();
        var username = role.code() + "-" + id;
        var districtId = district.districtId();
        sql("INSERT INTO person (id, created_at) VALUES ($1, now())", Tuple.of(id));
        sql("INSERT INTO person_district (person_id, district_id) VALUES ($1, $2)", Tuple.of(id, districtId));
        sql(
                "INSERT INTO staff (district_id, id, name_sealed, name_index) VALUES ($1, $2, $3, $4)",
                Tuple.of(
                        districtId,
                        id,
                        app.cipher().seal(username),
                        app.cipher().index(NormalForm.ofName(username))));
        sql(
                "INSERT INTO role_grant (district_id, staff_id, role, scope_kind, scope_id) VALUES ($1, $2, $3, $4, $5)",
                Tuple.of(districtId, id, role.code(), scope.name().toLowerCase(Locale.ROOT), scopeId));
        sql("""
                INSERT INTO staff_login (username, person_id, password_hash)
                SELECT $1, $2, password_hash FROM staff_login WHERE username = 'admin'
                """, Tuple.of(username, id));
        return new Account(id, username);
    }

    void suspend(Account account) {
        sql("UPDATE staff SET suspended = true WHERE id = $1", Tuple.of(account.id()));
    }

    private void sql(String statement, Tuple values) {
        await(app.database().read(client -> client.preparedQuery(statement).execute(values)));
    }
}
