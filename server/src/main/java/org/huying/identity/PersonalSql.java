package org.huying.identity;

import org.huying.db.personal.OnePerson;

/** What is known of a person in the directory and among the people of a district. */
final class PersonalSql {
    static final String RESIDENT = """
            SELECT id, name_sealed, phone_sealed, birth_date_sealed, birth_date_verified, consent_note_sealed,
                registered_by_id, created_at
            FROM resident WHERE district_id = $1 AND id = $2 LIMIT $3
            """;

    static final String STAFF = """
            SELECT id, name_sealed, suspended FROM staff WHERE district_id = $1 AND id = $2 LIMIT $3
            """;

    static final String ROLES = """
            SELECT role, scope_kind, scope_id FROM role_grant
            WHERE district_id = $1 AND staff_id = $2
            ORDER BY role, scope_id
            LIMIT $3
            """;

    /** Since when is when the person became known: a login is made with them. */
    static final String LOGINS = """
            SELECT l.kind, l.username, l.openid_sealed, p.created_at AS since
            FROM (
                SELECT person_id, 'wechat' AS kind, NULL AS username, openid_sealed FROM wechat_login WHERE person_id = $1
                UNION ALL
                SELECT person_id, 'staff', username, NULL FROM staff_login WHERE person_id = $1) l
            JOIN person p ON p.id = l.person_id
            LIMIT $2
            """;

    static final String DISTRICTS = """
            SELECT d.id, d.name FROM person_district p
            JOIN district d ON d.id = p.district_id
            WHERE p.person_id = $1
            ORDER BY d.id
            LIMIT $2
            """;

    static final String SESSIONS = """
            SELECT kind, created_at, expires_at, revoked_at FROM session
            WHERE person_id = $2 AND district_id = $1
            ORDER BY created_at DESC
            LIMIT $3
            """;

    static final String HOUSEHOLDS = """
            SELECT m.household_id, h.compound_id, h.address_sealed, m.role, m.status, m.created_at, m.approved_at,
                m.approved_by_id, m.entered_by_id, m.agreed_by_id
            FROM household_member m
            JOIN household h ON h.district_id = m.district_id AND h.id = m.household_id
            WHERE m.district_id = $1 AND m.resident_id = $2
            ORDER BY m.id DESC
            LIMIT $3
            """;

    /** What those above said of the account is theirs. */
    static final String ACCOUNT_CHANGES = """
            SELECT at, actor_id, action FROM account_audit
            WHERE district_id = $1 AND staff_id = $2
            ORDER BY id DESC
            LIMIT $3
            """;

    /** How somebody consented is for them alone. */
    static final String MANDATES = """
            SELECT m.id, m.grantor_id, g.name_sealed AS grantor_sealed, m.proxy_id, p.name_sealed AS proxy_sealed,
                m.for_booking, m.for_ticket, m.status, m.valid_until, m.created_at, m.offered_by_id,
                m.invite_expires_at, m.accepted_at, m.revoked_at, m.revoked_by_id,
                CASE WHEN m.grantor_id = $2 THEN m.consent_note_sealed END AS consent_note_sealed,
                CASE WHEN m.grantor_id = $2 THEN m.consent_photo_id END AS consent_photo_id
            FROM mandate m
            JOIN resident g ON g.district_id = m.district_id AND g.id = m.grantor_id
            LEFT JOIN LATERAL (
                SELECT name_sealed FROM resident WHERE district_id = m.district_id AND id = m.proxy_id
                UNION ALL
                SELECT name_sealed FROM staff WHERE district_id = m.district_id AND id = m.proxy_id
                LIMIT 1) p ON true
            WHERE m.district_id = $1 AND (m.grantor_id = $2 OR m.proxy_id = $2)
            ORDER BY m.id DESC
            LIMIT $3
            """;

    static final String CHANGES = """
            SELECT at, actor_id, fields, reason_sealed FROM resident_change
            WHERE district_id = $1 AND resident_id IN
            """ + OnePerson.SELVES + """
            ORDER BY at DESC, id DESC
            LIMIT $3
            """;

    static final String LOCK = """
            SELECT registered_by_id FROM resident WHERE district_id = $1 AND id = $2 FOR NO KEY UPDATE
            """;

    static final String ERASE_RESIDENT = """
            UPDATE resident SET name_sealed = $3, name_index = NULL, phone_sealed = NULL, phone_index = NULL, phone_bound_at = NULL,
                birth_date_sealed = NULL, birth_date_verified = false, consent_note_sealed = NULL,
                erased_at = coalesce(erased_at, $4), version = version + 1, name_version = name_version + 1
            WHERE district_id = $1 AND id = $2
            """;

    /** Who approved or entered it was answered with the name. */
    static final String LEAVE_HOUSEHOLDS = """
            DELETE FROM household_member WHERE district_id = $1 AND resident_id = $2
            RETURNING approved_by_id, entered_by_id, agreed_by_id
            """;

    /** Both sides; the other one may have been answered with the name. Of a consent, only whose it was forgets it. */
    static final String REVOKE_MANDATES = """
            UPDATE mandate SET status = 'revoked', invite_code_hash = NULL, revoked_at = coalesce(revoked_at, $3),
                consent_note_sealed = CASE WHEN grantor_id <> $2 THEN consent_note_sealed END,
                consent_photo_id = CASE WHEN grantor_id <> $2 THEN consent_photo_id END
            WHERE district_id = $1 AND (grantor_id = $2 OR proxy_id = $2)
            RETURNING grantor_id, proxy_id, offered_by_id
            """;

    static final String WHO_CHANGED = """
            SELECT DISTINCT actor_id FROM resident_change WHERE district_id = $1 AND resident_id = $2
            """;

    static final String LEAVE_WECHAT = """
            DELETE FROM wechat_login WHERE person_id = $1
            """;

    /** Somebody who is staff there as well stays known there. */
    static final String LEAVE_DISTRICT = """
            DELETE FROM person_district
            WHERE person_id = $2 AND district_id = $1
              AND NOT EXISTS (SELECT 1 FROM staff WHERE district_id = $1 AND id = $2)
            """;

    /** Whoever claimed or declined it was answered with the name of the one on record. */
    static final String DROP_CLAIMS = """
            DELETE FROM resident_claim WHERE district_id = $1 AND (claimant_id = $2 OR record_id = $2)
            RETURNING claimant_id, ended_by_id
            """;

    /** Theirs, and those of others to be them; why one was declined is for the claimant. */
    static final String CLAIMS = """
            SELECT id, claimant_id, record_id, status, created_at, ended_at, ended_by_id,
                CASE WHEN claimant_id = $2 THEN reason_sealed END AS reason_sealed
            FROM resident_claim
            WHERE district_id = $1 AND (claimant_id = $2 OR record_id = $2)
            ORDER BY created_at DESC, id DESC
            LIMIT $3
            """;

    private PersonalSql() {}
}
