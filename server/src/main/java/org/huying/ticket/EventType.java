package org.huying.ticket;

import java.util.Locale;

/** What can happen to a ticket; each is one kind of event in its log. */
public enum EventType {
    SUBMITTED,
    ACCEPTED,
    ASSIGNED,
    STARTED,
    INFO_REQUESTED,
    INFO_PROVIDED,
    REQUEST_WITHDRAWN,
    SUSPENDED,
    RESUMED,
    TRANSFERRED,
    ESCALATED,
    RESOLVED,
    CONFIRMED,
    CLOSED,
    REOPENED,
    FOLLOWED_UP,
    CANCELLED,
    MERGED,
    RE_REPORTED,
    EXCLUDED,
    INCLUDED,
    COMMENTED,
    URGED,
    RATED,
    OVERDUE;

    /** The name in contract, log and database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static EventType of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
