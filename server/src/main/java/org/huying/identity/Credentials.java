package org.huying.identity;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.UUID;
import org.huying.db.Rows;
import org.huying.identity.session.SessionOwner;
import org.huying.kernel.Caller;
import org.jspecify.annotations.Nullable;

/**
 * How a staff member logs in.
 *
 * @param passwordHash   absent while the account waits for its activation
 * @param districtId     where they work; absent for those who are suspended
 * @param activationHash of the code that sets a password, while there is one
 */
record Credentials(
        UUID personId,
        String username,
        @Nullable String passwordHash,
        @Nullable UUID districtId,
        @Nullable Buffer activationHash,
        @Nullable Instant activationExpiresAt) {
    static Credentials from(Row row) {
        return new Credentials(
                row.getUUID("person_id"),
                row.getString("username"),
                row.getString("password_hash"),
                row.getUUID("district_id"),
                row.getBuffer("activation_hash"),
                Rows.instantOrNull(row, "activation_expires_at"));
    }

    /** Absent for those who may not be let in. */
    @Nullable
    SessionOwner owner() {
        return districtId == null ? null : new SessionOwner(personId, districtId, Caller.Kind.STAFF);
    }

    boolean isActivatedBy(Buffer codeHash, Instant now) {
        return activationHash != null
                && activationExpiresAt != null
                && activationExpiresAt.isAfter(now)
                && MessageDigest.isEqual(activationHash.getBytes(), codeHash.getBytes());
    }
}
