package org.huying.kernel;

import java.util.UUID;

/** A staff role within a scope: a place (and all below it), an organization or a canteen. */
public record Grant(Role role, Scope scope, UUID scopeId) {
    /** The kinds of scope. */
    public enum Scope {
        PLACE,
        ORGANIZATION,
        CANTEEN
    }
}
