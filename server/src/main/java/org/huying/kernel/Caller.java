package org.huying.kernel;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Who calls, in which district. Staff carry their grants as they stand now, not as they stood when the token was made.
 */
public record Caller(UUID personId, UUID districtId, UUID sessionId, Kind kind, List<Grant> grants) {
    /** A person may be both; a login is one of them. */
    public enum Kind {
        RESIDENT,
        STAFF;

        /** The name in tokens, contract and database. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Kind of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    public Caller {
        grants = List.copyOf(grants);
    }

    /** The same with the grants that they hold by now. */
    public Caller with(List<Grant> now) {
        return new Caller(personId, districtId, sessionId, kind, now);
    }

    public boolean isResident() {
        return kind == Kind.RESIDENT;
    }

    public Set<Role> roles() {
        if (isResident()) {
            return Set.of(Role.RESIDENT);
        }
        return grants.stream().map(Grant::role).collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
    }

    public boolean is(Role... anyOf) {
        var roles = roles();
        return Arrays.stream(anyOf).anyMatch(roles::contains);
    }

    /** Whether the role is held for exactly this organization or canteen. */
    public boolean holds(Role role, UUID scopeId) {
        return grants.stream().anyMatch(g -> g.role() == role && g.scopeId().equals(scopeId));
    }

    /** Whether the role is held for the place or one above it; {@code path} runs from the district to the place. */
    public boolean covers(Role role, Collection<UUID> path) {
        return grants.stream()
                .anyMatch(g -> g.role() == role && g.scope() == Grant.Scope.PLACE && path.contains(g.scopeId()));
    }

    /** The ids of the scopes in which the role is held. */
    public List<UUID> scopesOf(Role role) {
        return grants.stream().filter(g -> g.role() == role).map(Grant::scopeId).toList();
    }

    /** Refuses a caller with none of these roles. */
    public void require(Role... anyOf) {
        if (!is(anyOf)) {
            throw Refusal.forbidden();
        }
    }
}
