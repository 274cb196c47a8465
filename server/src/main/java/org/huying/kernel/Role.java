package org.huying.kernel;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What somebody may be in a district; staff roles come with a scope, see {@link Grant}. */
public enum Role {
    RESIDENT,
    ADMIN,
    SUPERVISOR,
    GRID_MEMBER,
    HOTLINE_AGENT,
    DISPATCHER,
    WORKER,
    CANTEEN_OPERATOR;

    private static final Map<String, Role> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Role::code, r -> r));

    /** The name in tokens, contract and database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Role of(String code) {
        return Objects.requireNonNull(BY_CODE.get(code), code);
    }
}
