package org.huying.db.job;

import java.util.Locale;

/** Jobs are worked off on two sides, each by workers of its own, so that the one never waits for the other. */
public enum Side {
    /** What needs nobody but our own database. */
    INNER(4),
    /** What waits for somebody else's service, for as long as that takes. */
    OUTWARD(8);

    private final int atOnceOfADistrict;

    Side(int atOnceOfADistrict) {
        this.atOnceOfADistrict = atOnceOfADistrict;
    }

    /** How many jobs of one district a worker does at a time. */
    public int atOnceOfADistrict() {
        return atOnceOfADistrict;
    }

    /**
     * How many jobs a worker does at a time, each on a connection of its own: more than those of one district, so that the
     * next district never waits for one whose jobs are slow.
     */
    public int atOnce() {
        return atOnceOfADistrict + 1;
    }

    boolean isOutward() {
        return this == OUTWARD;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
