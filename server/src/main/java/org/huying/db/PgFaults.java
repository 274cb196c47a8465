package org.huying.db;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.huying.kernel.Refusal;

/** What PostgreSQL's errors mean to a caller. The constraints are the last wall: services refuse earlier and better. */
final class PgFaults {
    /** Constraint name to the code of the conflict that it stands for. */
    private static final Map<String, String> CONFLICT_BY_CONSTRAINT = Map.ofEntries(
            Map.entry("meal_once", "meal_exists"),
            Map.entry("meal_capacity", "meal_full"),
            Map.entry("dish_quota", "dish_sold_out"),
            Map.entry("booking_once_per_diner", "already_booked"),
            Map.entry("household_member_once", "already_member"),
            Map.entry("staff_login_pkey", "username_taken"),
            Map.entry("service_item_version_once", "service_item_changed"));

    /** Serialization, deadlock. */
    private static final Set<String> PASSING_STATES = Set.of("40001", "40P01");

    private static final String FOREIGN_KEY_VIOLATION = "23503";

    /** Two canteens gave one diner the subsidy of one meal at once; two bookings drew one code, two reports one number. */
    private static final Set<String> PASSING_CONSTRAINTS =
            Set.of("booking_subsidy_once", "booking_code_once", "ticket_no_once");

    /** Too many connections, shutting down, starting up, cancelled by a time limit, locks not to be had. */
    private static final Set<String> OUTAGE_STATES =
            Set.of("53300", "57P01", "57P02", "57P03", "57014", "25P04", "25P03", "55P03");

    private PgFaults() {}

    static Throwable asRefusalOrSame(PgException fault) {
        var constraint = fault.getConstraint();
        if (constraint != null && CONFLICT_BY_CONSTRAINT.containsKey(constraint)) {
            return Refusal.conflict(Objects.requireNonNull(CONFLICT_BY_CONSTRAINT.get(constraint)));
        }
        return isPassing(fault) || OUTAGE_STATES.contains(fault.getSqlState())
                ? Refusal.unavailable("database_unavailable")
                : fault;
    }

    static boolean isPassing(PgException fault) {
        return PASSING_STATES.contains(fault.getSqlState())
                || (fault.getConstraint() != null && PASSING_CONSTRAINTS.contains(fault.getConstraint()));
    }

    static boolean isStillReferredTo(PgException fault) {
        return fault.getSqlState().equals(FOREIGN_KEY_VIOLATION);
    }

    static boolean isOutage(Throwable failure) {
        return failure instanceof ClosedConnectionException
                || failure instanceof IOException
                || failure instanceof TimeoutException
                || failure instanceof VertxException;
    }
}
