package org.huying.testing;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.huying.app.Keys;
import org.huying.identity.session.AccessTokens;
import org.huying.identity.session.Ed25519;
import org.huying.identity.session.OpenSession;
import org.huying.identity.session.SessionOwner;
import org.huying.kernel.Caller;
import org.huying.kernel.Ids;
import org.huying.kernel.Role;

/** Access tokens as a login gives them, for more people than a test can log in. */
public final class TestTokens {
    private final AccessTokens tokens;

    public TestTokens(Keys keys) {
        this(keys, Clock.systemUTC());
    }

    public TestTokens(Keys keys, Clock clock) {
        tokens = new AccessTokens(keys.signing(), Ed25519.fastest(), clock);
    }

    public String resident(UUID districtId, UUID id) {
        return issue(new SessionOwner(id, districtId, Caller.Kind.RESIDENT), Role.RESIDENT);
    }

    public String staff(UUID districtId, UUID id, Role role) {
        return issue(new SessionOwner(id, districtId, Caller.Kind.STAFF), role);
    }

    private String issue(SessionOwner owner, Role role) {
        return tokens.issue(new OpenSession(Ids.next(), owner, ""), List.of(role));
    }
}
