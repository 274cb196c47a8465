-- Tickets are called by jobs when their time comes; nobody looks for them by their due times.
DROP INDEX ticket_clock;

INSERT INTO job (district_id, id, kind, subject_id, payload, due_at)
SELECT district_id, gen_random_uuid(), 'ticket_clock', id, '{}', clock_due_at
FROM ticket WHERE clock_due_at IS NOT NULL;
