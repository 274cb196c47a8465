package org.huying.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.Optional;
import org.huying.db.FieldCipher;
import org.huying.identity.session.AccessTokens;
import org.huying.identity.session.OpenSession;
import org.huying.identity.session.SessionOwner;
import org.huying.kernel.Caller;
import org.huying.kernel.Grant;
import org.huying.kernel.Role;

/** The last step of every login: the tokens of a session, and whose they are. */
final class Admission {
    private final SharedIdentity shared;
    private final People people;

    Admission(SharedIdentity shared, FieldCipher cipher) {
        this.shared = shared;
        this.people = new People(cipher);
    }

    /** Empty for somebody who may not be let in any more. */
    Future<Optional<Login>> login(SqlClient client, OpenSession session) {
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
                : Grants.of(client, owner.districtId(), owner.personId()).map(grants -> grants.map(Admission::roles));
        return roles.compose(held -> people.names(client, owner.districtId(), List.of(owner.personId()))
                .map(names -> held.flatMap(some -> Optional.ofNullable(names.get(owner.personId()))
                        .map(name -> new Principal(owner, name, some)))));
    }

    private static List<Role> roles(List<Grant> grants) {
        return grants.stream().map(Grant::role).distinct().toList();
    }
}
