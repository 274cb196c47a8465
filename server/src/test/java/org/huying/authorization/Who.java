package org.huying.authorization;

import java.util.Locale;

/** The columns of the page. */
enum Who {
    ANONYMOUS,
    RESIDENT,
    ADMIN,
    SUPERVISOR,
    GRID_MEMBER,
    HOTLINE_AGENT,
    DISPATCHER,
    WORKER,
    CANTEEN_OPERATOR;

    /** As the page and the roles are spelt. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
