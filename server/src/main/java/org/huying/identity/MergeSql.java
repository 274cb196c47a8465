package org.huying.identity;

/** Homes, mandates and logins of two entries of one person: of the one that goes ($2) they become the other's ($3). */
final class MergeSql {
    /**
     * Two memberships of one household become one: what was approved counts, since the first approval, with the higher of the
     * approved roles; a request gives nothing.
     */
    static final String FOLD_MEMBERSHIPS = """
            WITH gone AS (
                DELETE FROM household_member g
                USING household_member s
                WHERE g.district_id = $1 AND g.resident_id = $2
                  AND s.district_id = $1 AND s.resident_id = $3 AND s.household_id = g.household_id
                RETURNING g.household_id, g.role, g.status, g.approved_at, g.approved_by_id, g.entered_by_id,
                    g.agreed_by_id
            ), pair AS (
                SELECT s.id, g.*, s.role AS own_role, s.status = 'approved' AS own,
                    s.status <> 'approved' OR g.approved_at < s.approved_at AS earlier
                FROM gone g
                JOIN household_member s ON s.district_id = $1 AND s.resident_id = $3 AND s.household_id = g.household_id
                WHERE g.status = 'approved'
            )
            UPDATE household_member s SET status = 'approved',
                role = CASE WHEN NOT p.own THEN p.role
                    WHEN 'owner' IN (p.role, p.own_role) THEN 'owner'
                    WHEN 'tenant' IN (p.role, p.own_role) THEN 'tenant' ELSE 'family' END,
                approved_at = CASE WHEN p.earlier THEN p.approved_at ELSE s.approved_at END,
                approved_by_id = CASE WHEN p.earlier THEN p.approved_by_id ELSE s.approved_by_id END,
                entered_by_id = CASE WHEN p.earlier THEN p.entered_by_id ELSE s.entered_by_id END,
                agreed_by_id = CASE WHEN NOT p.earlier THEN s.agreed_by_id
                    WHEN p.agreed_by_id = $2 THEN $3 ELSE p.agreed_by_id END
            FROM pair p
            WHERE s.district_id = $1 AND s.id = p.id
            """;

    /** Whoever approves a request that came along is to see under which name. */
    static final String MOVE_MEMBERSHIPS = """
            UPDATE household_member SET resident_id = $3,
                agreed_by_id = CASE WHEN agreed_by_id = $2 THEN $3 ELSE agreed_by_id END,
                name_version = CASE WHEN status = 'pending' THEN 0 ELSE name_version END
            WHERE district_id = $1 AND resident_id = $2
            """;

    /** Nobody acts for themselves. */
    static final String END_MANDATES_BETWEEN = """
            UPDATE mandate SET status = 'revoked', invite_code_hash = NULL, revoked_at = coalesce(revoked_at, $4),
                revoked_by_id = coalesce(revoked_by_id, $5)
            WHERE district_id = $1 AND status <> 'revoked'
              AND (grantor_id = $2 AND proxy_id = $3 OR grantor_id = $3 AND proxy_id = $2)
            """;

    /** Between two people one is in force, the one that was taken up last. */
    static final String END_SECOND_MANDATES = """
            UPDATE mandate m SET status = 'revoked', revoked_at = coalesce(m.revoked_at, $4), revoked_by_id = $5
            WHERE m.district_id = $1 AND m.status = 'active' AND (m.grantor_id IN ($2, $3) OR m.proxy_id IN ($2, $3))
              AND EXISTS (
                  SELECT 1 FROM mandate o
                  WHERE o.district_id = $1 AND o.status = 'active' AND (o.valid_until IS NULL OR o.valid_until > now())
                    AND (coalesce(o.accepted_at, o.created_at), o.id) > (coalesce(m.accepted_at, m.created_at), m.id)
                    AND (o.proxy_id = m.proxy_id AND o.grantor_id IN ($2, $3) AND m.grantor_id IN ($2, $3)
                        OR o.grantor_id = m.grantor_id AND o.proxy_id IN ($2, $3) AND m.proxy_id IN ($2, $3)))
            """;

    /** Those between the two stay with the entry that goes, as they were. */
    static final String MOVE_MANDATES = """
            UPDATE mandate SET
                grantor_id = CASE WHEN grantor_id = $2 THEN $3 ELSE grantor_id END,
                proxy_id = CASE WHEN proxy_id = $2 THEN $3 ELSE proxy_id END,
                offered_by_id = CASE WHEN offered_by_id = $2 THEN $3 ELSE offered_by_id END,
                revoked_by_id = CASE WHEN revoked_by_id = $2 THEN $3 ELSE revoked_by_id END
            WHERE district_id = $1 AND (grantor_id = $2 OR proxy_id = $2)
              AND NOT (grantor_id = $2 AND proxy_id IS NOT DISTINCT FROM $3::uuid)
              AND NOT (grantor_id = $3 AND proxy_id IS NOT DISTINCT FROM $2::uuid)
            """;

    /** It has been confirmed, or is one of a person to be themself. */
    static final String END_CLAIMS_BETWEEN = """
            DELETE FROM resident_claim
            WHERE district_id = $1 AND (claimant_id = $2 AND record_id = $3 OR claimant_id = $3 AND record_id = $2)
            """;

    /** Of two claims that become one that which was over earlier gives way, and any that is over to one that waits. */
    static final String DROP_OLD_CLAIMS = """
            DELETE FROM resident_claim o USING resident_claim k
            WHERE k.district_id = $1 AND o.district_id = $1 AND o.status <> 'pending'
              AND (k.status = 'pending' OR k.ended_at > o.ended_at)
              AND (k.claimant_id = $2 AND o.claimant_id = $3 AND o.record_id = k.record_id
                  OR k.record_id = $2 AND o.record_id = $3 AND o.claimant_id = k.claimant_id)
            """;

    /** Of one claimant and one on record there is one claim: that of the entry that stays. */
    static final String MOVE_CLAIMS = """
            UPDATE resident_claim k SET
                claimant_id = CASE WHEN k.claimant_id = $2 THEN $3 ELSE k.claimant_id END,
                record_id = CASE WHEN k.record_id = $2 THEN $3 ELSE k.record_id END
            WHERE k.district_id = $1 AND (k.claimant_id = $2 OR k.record_id = $2)
              AND NOT EXISTS (
                  SELECT 1 FROM resident_claim o
                  WHERE o.district_id = $1
                    AND (k.claimant_id = $2 AND o.claimant_id = $3 AND o.record_id = k.record_id
                        OR k.record_id = $2 AND o.record_id = $3 AND o.claimant_id = k.claimant_id))
            """;

    static final String MOVE_LOGINS = """
            UPDATE wechat_login SET person_id = $2 WHERE person_id = $1
            """;

    private MergeSql() {}
}
