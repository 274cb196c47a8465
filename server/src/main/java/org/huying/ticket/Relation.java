package org.huying.ticket;

/** What somebody is to a ticket; the letters are those of the table in the design. */
enum Relation {
    /** R: reporter, household member, their mandate holder, reporters merged into it. */
    REPORTER,
    /** D: dispatcher of the responsible organization. */
    DISPATCHER,
    /** W: the assigned worker. */
    WORKER,
    /** G: grid member or hotline agent of the place. */
    GRID,
    /** S: supervisor whose place covers it. */
    SUPERVISOR,
    /** S+: supervisor of the town or the district. */
    UPPER_SUPERVISOR,
    /** G or S, but not staff of the responsible organization. */
    VISITOR,
    /** Resident of the place of a public spot. */
    NEIGHBOUR,
    /** Time itself. */
    CLOCK
}
