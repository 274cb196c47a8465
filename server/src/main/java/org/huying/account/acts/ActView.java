package org.huying.account.acts;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.huying.kernel.ActFor;
import org.huying.kernel.Masked;
import org.jspecify.annotations.Nullable;

/** An act as the contract shows it. */
record ActView(
        Instant at,
        String kind,
        @Nullable UUID byId,
        @Nullable String byName,
        @Nullable String byRole,
        Subject subject,
        @Nullable String summary) {
    record Subject(String kind, UUID id) {}

    static ActView of(ActFor act, Map<UUID, String> names, boolean masked) {
        var name = act.byId() == null ? null : names.get(act.byId());
        return new ActView(
                act.at(),
                act.kind(),
                act.byId(),
                name == null || !masked ? name : Masked.name(name),
                act.byRole(),
                new Subject(act.subjectKind(), act.subjectId()),
                act.summary());
    }
}
