package org.huying.db;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.List;
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
    private static final String READ_ONLY = "25006";

    /**
     * Two canteens gave one diner the subsidy of one meal at once; two bookings drew one code, two reports one number. Or
     * something was to rest on a resident or a household that was taken back meanwhile: who looks again does not find them.
     */
    private static final Set<String> PASSING_CONSTRAINTS = Set.of(
            "booking_subsidy_once",
            "booking_code_once",
            "ticket_no_once",
            "household_member_district_id_household_id_fkey",
            "household_member_district_id_resident_id_fkey",
            "mandate_district_id_grantor_id_fkey",
            "notification_consent_district_id_person_id_fkey",
            "resident_change_district_id_resident_id_fkey",
            "resident_claim_district_id_claimant_id_fkey",
            "resident_claim_district_id_record_id_fkey",
            "resident_merged_into",
            "ticket_district_id_household_id_fkey");

    /**
     * Classes of states in which the database cannot do what it is asked, whatever that is: no connection (08), no room on
     * its disk or in its memory, too many connections (53), shutting down or starting up (57P), its files not to be read or
     * written (58).
     */
    private static final List<String> OUTAGE_CLASSES = List.of("08", "53", "57P", "58");

    /**
     * Cancelled by a time limit, locks not to be had; a server that only reads, as a standby does; a database or a login
     * that is not there.
     */
    private static final Set<String> OUTAGE_STATES =
            Set.of("57014", "25P04", "25P03", "55P03", READ_ONLY, "28000", "28P01", "3D000");

    /** The disk is full, memory is, or files cannot be written: reading may go on well. */
    private static final Set<String> REFUSED_WRITE_STATES = Set.of("53100", "53200", "58030", READ_ONLY);

    private PgFaults() {}

    static Throwable asRefusalOrSame(PgException fault) {
        var constraint = fault.getConstraint();
        if (constraint != null && CONFLICT_BY_CONSTRAINT.containsKey(constraint)) {
            return Refusal.conflict(Objects.requireNonNull(CONFLICT_BY_CONSTRAINT.get(constraint)));
        }
        return isPassing(fault) || isOutage(fault.getSqlState()) ? Refusal.unavailable("database_unavailable") : fault;
    }

    static boolean isPassing(PgException fault) {
        return PASSING_STATES.contains(fault.getSqlState())
                || (fault.getConstraint() != null && PASSING_CONSTRAINTS.contains(fault.getConstraint()));
    }

    static boolean isStillReferredTo(PgException fault) {
        return fault.getSqlState().equals(FOREIGN_KEY_VIOLATION);
    }

    /** Whether no fault of the statement's, but of the server's state. */
    static boolean isOutage(String state) {
        return OUTAGE_STATES.contains(state) || OUTAGE_CLASSES.stream().anyMatch(state::startsWith);
    }

    /** Whether the server does not take what is written, though it may answer what is read. */
    static boolean refusesWrites(Throwable failure) {
        return failure instanceof PgException fault && REFUSED_WRITE_STATES.contains(fault.getSqlState());
    }

    static boolean isOutage(Throwable failure) {
        return failure instanceof ClosedConnectionException
                || failure instanceof IOException
                || failure instanceof TimeoutException
                || failure instanceof VertxException;
    }
}
