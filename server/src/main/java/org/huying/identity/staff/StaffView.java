package org.huying.identity.staff;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.huying.identity.AccountAudit;
import org.huying.identity.ActivationCode;
import org.jspecify.annotations.Nullable;

/** An account as those above it see it. */
record StaffView(UUID id, int version, @Nullable String username, String name, String status, List<Grant> grants) {
    /** @param scopeName absent when there is no such thing any more */
    record Grant(
            String role,
            String scopeKind,
            UUID scopeId,
            @Nullable String scopeName) {
        static Grant of(org.huying.kernel.Grant grant, Map<UUID, String> names) {
            return new Grant(
                    grant.role().code(),
                    grant.scope().name().toLowerCase(Locale.ROOT),
                    grant.scopeId(),
                    names.get(grant.scopeId()));
        }

        static List<Grant> all(List<org.huying.kernel.Grant> grants, Map<UUID, String> names) {
            return grants.stream().map(grant -> of(grant, names)).toList();
        }
    }

    /** One account, with what was done to it, the latest first. */
    record Detailed(
            UUID id,
            int version,
            @Nullable String username,
            String name,
            String status,
            List<Grant> grants,
            @Nullable Instant activationExpiresAt,
            List<Deed> history) {
        static Detailed of(StaffView view, Account account, List<Deed> history) {
            return new Detailed(
                    view.id(),
                    view.version(),
                    view.username(),
                    view.name(),
                    view.status(),
                    view.grants(),
                    account.activationExpiresAt(),
                    history);
        }
    }

    /** What was done; {@code name} and {@code grants} are those since then, where they were changed. */
    record Deed(
            Instant at,
            String action,
            Named by,
            @Nullable String name,
            @Nullable List<Grant> grants,
            @Nullable String reason) {
        static Deed of(AccountAudit.Entry entry, String actorName, Map<UUID, String> scopeNames) {
            var detail = entry.detail();
            var grants = detail.grants();
            return new Deed(
                    entry.at(),
                    entry.action().code(),
                    new Named(entry.actorId(), actorName),
                    detail.name(),
                    grants == null ? null : Grant.all(grants, scopeNames),
                    detail.reason());
        }
    }

    record Named(UUID id, String name) {}

    /** An account with the code that sets its password, shown this once. */
    record Issued(
            UUID id,
            int version,
            @Nullable String username,
            String name,
            String status,
            List<Grant> grants,
            String activationCode,
            Instant activationExpiresAt) {
        static Issued of(StaffView view, ActivationCode code) {
            return new Issued(
                    view.id(),
                    view.version(),
                    view.username(),
                    view.name(),
                    view.status(),
                    view.grants(),
                    code.text(),
                    code.expiresAt());
        }

        /** Leaves the code out, so that it comes into no log. */
        @Override
        public String toString() {
            return "Issued[" + id + "]";
        }
    }

    static StaffView of(Account account, Map<UUID, String> scopeNames) {
        return new StaffView(
                account.id(),
                account.version(),
                account.username(),
                account.name(),
                account.status(),
                Grant.all(account.grants(), scopeNames));
    }
}
