package org.huying.canteen.admin;

final class RegisterSql {
    static final String INSERT_CANTEEN = """
            INSERT INTO canteen (district_id, id, place_id, name, address, delivers) VALUES ($1, $2, $3, $4, $5, $6)
            """;

    static final String UPDATE_CANTEEN = """
            UPDATE canteen SET place_id = $3, name = $4, address = $5, delivers = $6, version = version + 1
            WHERE district_id = $1 AND id = $2
            """;

    /** One who changes a canteen at a time; meals and bookings go on meanwhile. */
    static final String LOCK_CANTEEN = """
            SELECT id FROM canteen WHERE district_id = $1 AND id = $2 FOR NO KEY UPDATE
            """;

    static final String PERIODS = """
            SELECT period, opens_days_before, opens_at, cutoff_days_before, cutoff_at, serving_ends_at
            FROM canteen_period WHERE district_id = $1 AND canteen_id = $2
            ORDER BY array_position(ARRAY['breakfast', 'lunch', 'dinner'], period)
            """;

    static final String INSERT_PERIODS = """
            INSERT INTO canteen_period (district_id, canteen_id, period, opens_days_before, opens_at, cutoff_days_before,
                cutoff_at, serving_ends_at)
            SELECT $1, $2, p.period, p.opens_days_before, p.opens_at, p.cutoff_days_before, p.cutoff_at, p.serving_ends_at
            FROM unnest($3::text[], $4::int[], $5::time[], $6::int[], $7::time[], $8::time[])
                AS p (period, opens_days_before, opens_at, cutoff_days_before, cutoff_at, serving_ends_at)
            """;

    static final String DELETE_PERIODS = """
            DELETE FROM canteen_period WHERE district_id = $1 AND canteen_id = $2
            """;

    /** The bands of the latest policies, those before a day only where one is given. */
    static final String POLICIES = """
            SELECT effective_from, from_age, to_age, amount_fen FROM subsidy_policy
            WHERE district_id = $1 AND canteen_id = $2 AND effective_from IN (
                SELECT DISTINCT effective_from FROM subsidy_policy
                WHERE district_id = $1 AND canteen_id = $2 AND ($3::date IS NULL OR effective_from < $3)
                ORDER BY effective_from DESC
                LIMIT $4)
            ORDER BY effective_from DESC, from_age
            """;

    static final String POLICIES_VERSION = """
            SELECT policies_version FROM canteen WHERE district_id = $1 AND id = $2
            """;

    static final String POLICIES_CHANGE = """
            UPDATE canteen SET policies_version = policies_version + 1 WHERE district_id = $1 AND id = $2
            """;

    static final String INSERT_BANDS = """
            INSERT INTO subsidy_policy (district_id, canteen_id, effective_from, from_age, to_age, amount_fen)
            SELECT $1, $2, $3, p.from_age, p.to_age, p.amount_fen
            FROM unnest($4::int[], $5::int[], $6::int[]) AS p (from_age, to_age, amount_fen)
            """;

    static final String INSERT_STARTER = """
            INSERT INTO starter_subsidy (district_id, from_age, to_age, amount_fen) VALUES ($1, $2, $3, $4)
            """;

    /** The district's bands, as the first policy of a canteen. */
    static final String START_POLICY = """
            INSERT INTO subsidy_policy (district_id, canteen_id, effective_from, from_age, to_age, amount_fen)
            SELECT district_id, $2, $3, from_age, to_age, amount_fen FROM starter_subsidy WHERE district_id = $1
            """;

    static final String HAS_POLICY = """
            SELECT EXISTS (SELECT 1 FROM subsidy_policy
                WHERE district_id = $1 AND canteen_id = $2 AND effective_from = $3) AS found
            """;

    static final String DELETE_POLICY = """
            DELETE FROM subsidy_policy WHERE district_id = $1 AND canteen_id = $2 AND effective_from = $3
            """;

    private RegisterSql() {}
}
