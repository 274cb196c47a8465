package org.huying.identity.staff;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.kernel.Grant;
import org.huying.kernel.Role;
import org.jspecify.annotations.Nullable;

/**
 * An account as it stands.
 *
 * @param version  counts the changes of its name, roles and status
 * @param username absent for somebody who works without a login
 * @param status   {@code invited} until a password is set, {@code active}, {@code suspended}
 * @param isBelow  whether whoever asks is above all of its grants
 */
record Account(
        UUID id,
        int version,
        @Nullable String username,
        String name,
        String status,
        List<Grant> grants,
        @Nullable Instant activationExpiresAt,
        boolean isBelow) {
    static Account from(Row row, FieldCipher cipher) {
        return new Account(
                row.getUUID("id"),
                row.getInteger("version"),
                row.getString("username"),
                cipher.openPresent(row.getBuffer("name_sealed")),
                row.getString("status"),
                grants(row),
                Rows.instantOrNull(row, "activation_expires_at"),
                row.getBoolean("above"));
    }

    static List<Grant> grants(Row row) {
        var roles = row.getArrayOfStrings("roles");
        var kinds = row.getArrayOfStrings("scope_kinds");
        var scopes = row.getArrayOfUUIDs("scope_ids");
        return IntStream.range(0, roles.length)
                .mapToObj(i ->
                        new Grant(Role.of(roles[i]), Grant.Scope.valueOf(kinds[i].toUpperCase(Locale.ROOT)), scopes[i]))
                .toList();
    }

    boolean isSuspended() {
        return status.equals("suspended");
    }

    boolean isAdmin() {
        return grants.stream().anyMatch(grant -> grant.role() == Role.ADMIN);
    }
}
