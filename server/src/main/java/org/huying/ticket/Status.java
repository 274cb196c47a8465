package org.huying.ticket;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Where a ticket stands. */
public enum Status {
    SUBMITTED,
    ACCEPTED,
    ASSIGNED,
    IN_PROGRESS,
    WAITING_INFO,
    SUSPENDED,
    RESOLVED,
    CLOSED,
    CANCELLED,
    MERGED;

    static final Set<Status> OPEN = Set.copyOf(EnumSet.range(SUBMITTED, SUSPENDED));
    static final Set<Status> ALL = Set.copyOf(EnumSet.allOf(Status.class));

    /** The name in contract, log and database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isOpen() {
        return OPEN.contains(this);
    }

    /** While it waits for an answer or for a date, its clocks stand still. */
    boolean isPaused() {
        return this == WAITING_INFO || this == SUSPENDED;
    }

    public static Status of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
