package org.huying.http;

import java.util.Set;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;

/**
 * Who may call an operation at all. An operation on an object in its path is bound with {@link #signedIn()} and guarded
 * by its service, because what the caller may not see answers 404 before a role answers 403.
 */
public final class Access {
    private static final Access ANYONE = new Access(false, Set.of());
    private static final Access SIGNED_IN = new Access(true, Set.of());

    private final boolean needsCaller;
    private final Set<Role> anyOf;

    private Access(boolean needsCaller, Set<Role> anyOf) {
        this.needsCaller = needsCaller;
        this.anyOf = anyOf;
    }

    public static Access anyone() {
        return ANYONE;
    }

    public static Access signedIn() {
        return SIGNED_IN;
    }

    public static Access anyOf(Role... roles) {
        return new Access(true, Set.of(roles));
    }

    boolean needsCaller() {
        return needsCaller;
    }

    void check(Caller caller) {
        if (!anyOf.isEmpty() && !caller.is(anyOf.toArray(Role[]::new))) {
            throw Refusal.forbidden();
        }
    }
}
