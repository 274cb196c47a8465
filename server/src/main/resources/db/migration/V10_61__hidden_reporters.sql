-- Who is anonymous stays so wherever their report goes, and whatever else they do with it.

-- Somebody may be on a ticket's both sides, each under a pseudonym of its own: who reports is not told by who works on it.
ALTER TABLE ticket_actor DROP CONSTRAINT ticket_actor_district_id_ticket_id_person_id_key;
CREATE UNIQUE INDEX ticket_actor_once ON ticket_actor
    (district_id, ticket_id, person_id, (starts_with(ref, 'resident-')));

-- A report of theirs that was merged into the ticket was anonymous.
ALTER TABLE ticket_co_reporter ADD COLUMN anonymous boolean NOT NULL DEFAULT false;
WITH RECURSIVE went (district_id, person_id, into_id) AS (
    SELECT district_id, reporter_id, merged_into_id FROM ticket
    WHERE anonymous AND merged_into_id IS NOT NULL AND reporter_id IS NOT NULL
    UNION
    SELECT w.district_id, w.person_id, t.merged_into_id FROM went w
    JOIN ticket t ON t.district_id = w.district_id AND t.id = w.into_id
    WHERE t.merged_into_id IS NOT NULL
)
UPDATE ticket_co_reporter c SET anonymous = true
FROM went w
WHERE c.district_id = w.district_id AND c.ticket_id = w.into_id AND c.person_id = w.person_id;

-- The subject is who reported anonymously: shown to nobody but the two whom the entry is about.
ALTER TABLE unmasking ADD COLUMN subject_hidden boolean NOT NULL DEFAULT false;
ALTER TABLE unmasking DISABLE TRIGGER unmasking_append_only;
UPDATE unmasking u SET subject_hidden = true
FROM ticket t
WHERE t.district_id = u.district_id AND t.id = u.ticket_id AND t.anonymous;
ALTER TABLE unmasking ENABLE TRIGGER unmasking_append_only;
