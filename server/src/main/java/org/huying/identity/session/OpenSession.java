package org.huying.identity.session;

import java.util.UUID;

/** A session just opened or renewed; its refresh token is known here and never again. */
public record OpenSession(UUID id, SessionOwner owner, String refreshToken) {
    /** Leaves the token out, so that it comes into no log. */
    @Override
    public String toString() {
        return "OpenSession[" + id + "]";
    }
}
