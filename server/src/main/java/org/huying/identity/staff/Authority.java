package org.huying.identity.staff;

import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.kernel.Caller;
import org.huying.kernel.Grant;
import org.huying.kernel.Role;

/** Which grants somebody is above, out of the grants that they hold themselves. The statements judge by the same. */
record Authority(boolean everywhere, List<Hold> holds) {
    /** Above this role, at this scope and below it, or only below. */
    record Hold(Role role, UUID scopeId, boolean onlyBelow) {}

    static Authority of(Caller caller) {
        var everywhere = caller.grants().stream()
                .flatMap(grant -> Above.of(grant.role()))
                .anyMatch(above -> above.reach() == Above.Reach.EVERYWHERE);
        return new Authority(
                everywhere, caller.grants().stream().flatMap(Authority::holds).toList());
    }

    private static Stream<Hold> holds(Grant grant) {
        return Above.of(grant.role())
                .filter(above -> above.reach() != Above.Reach.EVERYWHERE)
                .flatMap(above -> above.lower().stream()
                        .map(role -> new Hold(role, grant.scopeId(), above.reach() == Above.Reach.BELOW)));
    }

    /** @param path from the district down to the place where the role is held; else the scope alone */
    boolean isAbove(Role role, List<UUID> path) {
        return everywhere
                || holds.stream()
                        .anyMatch(hold -> hold.role() == role
                                && (hold.onlyBelow() ? path.subList(0, path.size() - 1) : path)
                                        .contains(hold.scopeId()));
    }

    /** As the statements take it: {@code everywhere}, roles, scopes, {@code onlyBelow}. */
    Tuple addTo(Tuple values) {
        return values.addBoolean(everywhere)
                .addValue(holds.stream().map(hold -> hold.role().code()).toArray(String[]::new))
                .addValue(holds.stream().map(Hold::scopeId).toArray(UUID[]::new))
                .addValue(holds.stream().map(Hold::onlyBelow).toArray(Boolean[]::new));
    }
}
