package org.huying.demo.district;

final class StructureSql {
    /** Everybody of the demo came the same number of days before it was loaded. */
    static final String LOADED_AT = """
            SELECT NOT EXISTS (SELECT 1 FROM district) AS is_empty,
                   (SELECT created_at + make_interval(hours => 24 * $2) FROM person WHERE id = $1) AS loaded_at
            """;

    static final String FIND_DISTRICTS = """
            SELECT id FROM district WHERE id = ANY ($1)
            """;

    /** Plans are kept from when the tables were empty; without this they would scan them to the end of the load. */
    static final String PLAN_FOR_FULL_TABLES = """
            SET LOCAL enable_seqscan = off
            """;

    static final String INSERT_DISTRICT = """
            INSERT INTO district (id, name, is_default) VALUES ($1, $2, $3)
            """;

    static final String INSERT_PLACE = """
            INSERT INTO place (district_id, id, level, kind, parent_id, name, path) VALUES ($1, $2, $3, $4, $5, $6, $7)
            """;

    static final String INSERT_ORGANIZATION = """
            INSERT INTO organization (district_id, id, kind, name, office_place_id) VALUES ($1, $2, $3, $4, $5)
            """;

    static final String INSERT_CONTRACT = """
            INSERT INTO contract (district_id, organization_id, cooperative_id) VALUES ($1, $2, $3)
            """;

    static final String INSERT_SERVICE_AREA = """
            INSERT INTO service_area (district_id, place_id, service_item_code, organization_id) VALUES ($1, $2, $3, $4)
            """;

    static final String INSERT_HOUSEHOLD = """
            INSERT INTO household (district_id, id, compound_id, address_sealed, address_index)
            VALUES ($1, $2, $3, $4, $5)
            """;

    static final String INSERT_PERSON = """
            INSERT INTO person (id, created_at) VALUES ($1, $2)
            """;

    static final String INSERT_PERSON_DISTRICT = """
            INSERT INTO person_district (person_id, district_id) VALUES ($1, $2)
            """;

    static final String INSERT_WECHAT_LOGIN = """
            INSERT INTO wechat_login (openid_index, person_id) VALUES ($1, $2)
            """;

    static final String INSERT_STAFF_LOGIN = """
            INSERT INTO staff_login (username, person_id, password_hash) VALUES ($1, $2, $3)
            """;

    static final String INSERT_RESIDENT = """
            INSERT INTO resident (district_id, id, name_sealed, phone_sealed, phone_index, birth_date_sealed,
                birth_date_verified, created_at, name_index, registered_by_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """;

    static final String INSERT_MEMBER = """
            INSERT INTO household_member (district_id, id, household_id, resident_id, role, status, created_at,
                approved_at)
            VALUES ($1, $2, $3, $4, 'owner', 'approved', $5, $5)
            """;

    static final String INSERT_REQUEST = """
            INSERT INTO household_member (district_id, id, household_id, resident_id, role, status, created_at)
            VALUES ($1, $2, $3, $4, 'family', 'pending', $5)
            """;

    /** Whoever claims has bound the number of the one on record. */
    static final String INSERT_CLAIM = """
            WITH bound AS (
                UPDATE resident c SET phone_sealed = r.phone_sealed, phone_index = r.phone_index, phone_bound_at = $5
                FROM resident r
                WHERE c.district_id = $1 AND c.id = $3 AND r.district_id = $1 AND r.id = $4)
            INSERT INTO resident_claim (district_id, id, claimant_id, record_id, created_at, status)
            VALUES ($1, $2, $3, $4, $5, 'pending')
            """;

    /** Codes run out by real time, as sessions do. */
    static final String INSERT_OFFER = """
            INSERT INTO mandate (district_id, id, grantor_id, for_booking, for_ticket, status, offered_by_id,
                invite_code_hash, invite_expires_at, created_at)
            VALUES ($1, $2, $3, true, true, 'offered', $3, $4, now() + interval '7 days', $5)
            """;

    static final String INSERT_MANDATE = """
            INSERT INTO mandate (district_id, id, grantor_id, proxy_id, for_booking, for_ticket, status, offered_by_id,
                created_at, accepted_at)
            VALUES ($1, $2, $3, $4, true, true, 'active', $5, $6, $6)
            """;

    static final String INSERT_STAFF = """
            INSERT INTO staff (district_id, id, name_sealed, name_index) VALUES ($1, $2, $3, $4)
            """;

    static final String INSERT_GRANT = """
            INSERT INTO role_grant (district_id, staff_id, role, scope_kind, scope_id) VALUES ($1, $2, $3, $4, $5)
            """;

    static final String INSERT_CANTEEN = """
            INSERT INTO canteen (district_id, id, place_id, name, address, delivers) VALUES ($1, $2, $3, $4, $5, $6)
            """;

    static final String INSERT_PERIOD = """
            INSERT INTO canteen_period (district_id, canteen_id, period, opens_days_before, opens_at,
                cutoff_days_before, cutoff_at, serving_ends_at)
            VALUES ($1, $2, $3, 7, '00:00', $4, $5, $6)
            """;

    static final String INSERT_SUBSIDY = """
            INSERT INTO subsidy_policy (district_id, canteen_id, effective_from, from_age, to_age, amount_fen)
            VALUES ($1, $2, $3, $4, $5, $6)
            """;

    static final String INSERT_ITEM = """
            INSERT INTO service_item (district_id, code, version, name, kind, required_info, response_hours,
                resolution_hours, calendar, evidence_required, reportable, created_at)
            VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """;

    /**
     * Meals ($2) and their dishes ($3), all of a time in one statement. The times follow the canteen's rules, as they do
     * for a meal made by its operator; where that made one already, it stays, and gets no dishes from here.
     */
    static final String INSERT_MEALS = """
            WITH made AS (
                INSERT INTO meal (district_id, id, canteen_id, date, period, status, capacity, price_fen,
                    booking_opens_at, cutoff_at, serving_ends_at, created_at, published_at)
                SELECT p.district_id, m.id, p.canteen_id, m.date, p.period, 'published', m.capacity, m.price_fen,
                       (m.date - p.opens_days_before + p.opens_at) AT TIME ZONE d.zone,
                       (m.date - p.cutoff_days_before + p.cutoff_at) AT TIME ZONE d.zone,
                       (m.date + p.serving_ends_at) AT TIME ZONE d.zone, m.published_at, m.published_at
                FROM jsonb_to_recordset($2) AS m (id uuid, canteen_id uuid, date date, period text, capacity int,
                    price_fen int, published_at timestamptz)
                JOIN canteen_period p ON p.district_id = $1 AND p.canteen_id = m.canteen_id AND p.period = m.period
                JOIN district d ON d.id = p.district_id
                ON CONFLICT (district_id, canteen_id, date, period) WHERE status <> 'cancelled' DO NOTHING
                RETURNING id)
            INSERT INTO dish (district_id, id, meal_id, position, name, price_fen, quota, tags, allergens)
            SELECT $1, d.id, d.meal_id, d.position, d.name, d.price_fen, d.quota,
                   ARRAY(SELECT jsonb_array_elements_text(d.tags)),
                   ARRAY(SELECT jsonb_array_elements_text(d.allergens))
            FROM jsonb_to_recordset($3) AS d (id uuid, meal_id uuid, position int, name text, price_fen int, quota int,
                tags jsonb, allergens jsonb)
            JOIN made ON made.id = d.meal_id
            """;

    /** The calls for the times of published meals from a day on, where there are none. */
    static final String INSERT_DEADLINES = """
            INSERT INTO job (district_id, id, kind, subject_id, payload, due_at)
            SELECT m.district_id, gen_random_uuid(), call.kind, m.id, '{}', call.due_at
            FROM meal m
            CROSS JOIN LATERAL (VALUES ('expire_waitlist', m.cutoff_at), ('close_meal', m.serving_ends_at))
                AS call (kind, due_at)
            WHERE m.district_id = $1 AND m.status = 'published' AND m.date >= $2
              AND NOT EXISTS (
                  SELECT 1 FROM job j WHERE j.district_id = m.district_id AND j.subject_id = m.id AND j.kind = call.kind)
            """;

    /** $2 is when notices are still news. */
    static final String FORGET_CALLS = """
            DELETE FROM job
            WHERE district_id = $1 AND (kind = 'ticket_clock' OR (kind = 'deliver_notice' AND due_at < $2))
            """;

    static final String CALL_CLOCKS = """
            INSERT INTO job (district_id, id, kind, subject_id, payload, due_at)
            SELECT district_id, gen_random_uuid(), 'ticket_clock', id, '{}', clock_due_at
            FROM ticket WHERE district_id = $1 AND clock_due_at IS NOT NULL
            """;

    private StructureSql() {}
}
