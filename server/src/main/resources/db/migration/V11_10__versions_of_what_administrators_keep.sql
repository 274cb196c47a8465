-- Who changes or replaces what somebody else may have changed meanwhile names the version that was seen.

-- Each counts the changes of what is shown of the row.
ALTER TABLE place ADD COLUMN version int NOT NULL DEFAULT 1;
ALTER TABLE organization ADD COLUMN version int NOT NULL DEFAULT 1;
ALTER TABLE canteen
    -- its periods included
    ADD COLUMN version int NOT NULL DEFAULT 1,
    -- of all its subsidy policies
    ADD COLUMN policies_version int NOT NULL DEFAULT 1;

-- What a district has set or not: there may be no other row to count at.
ALTER TABLE district
    -- of its working week and of the days that differ, of whichever year
    ADD COLUMN calendar_version int NOT NULL DEFAULT 1,
    ADD COLUMN retention_version int NOT NULL DEFAULT 1;

-- The roles of an account, to be compared.
CREATE FUNCTION roles_held(district uuid, holder uuid) RETURNS text[] STABLE LANGUAGE sql
RETURN ARRAY(
    SELECT g.role || ' ' || g.scope_id FROM role_grant g
    WHERE g.district_id = district AND g.staff_id = holder
    ORDER BY g.role || ' ' || g.scope_id);

-- The roles that the activation code was issued for: whoever holds the code gets in with these or not at all.
ALTER TABLE staff_login ADD COLUMN activation_roles text[];
UPDATE staff_login l SET activation_roles = roles_held(s.district_id, s.id)
FROM staff s
WHERE s.id = l.person_id AND l.activation_hash IS NOT NULL;
