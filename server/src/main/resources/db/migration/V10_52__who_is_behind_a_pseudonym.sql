-- Who is behind a pseudonym of a ticket's log is fixed like the log itself: by a commitment that cannot be changed any more
-- and that the digest of each day covers.

ALTER TABLE ticket_actor
    ADD COLUMN salt bytea,
    -- SHA-256, in hex, over the salt and then "<ticketId> <ref> <personId>"
    ADD COLUMN commitment text,
    -- when the person came in; digests of earlier days know nothing of them
    ADD COLUMN since timestamptz(3);

CREATE FUNCTION actor_commitment(salt bytea, ticket_id uuid, ref text, person_id uuid) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(salt || convert_to(ticket_id || ' ' || ref || ' ' || person_id, 'UTF8')), 'hex')
$$;

-- Those of before, as they stand: the first digest after this one covers them as soon as their chain grows again.
UPDATE ticket_actor a SET salt = uuid_send(gen_random_uuid()), since = t.submitted_at
FROM ticket t WHERE t.district_id = a.district_id AND t.id = a.ticket_id;
UPDATE ticket_actor SET commitment = actor_commitment(salt, ticket_id, ref, person_id);

ALTER TABLE ticket_actor
    ALTER COLUMN salt SET NOT NULL,
    ALTER COLUMN commitment SET NOT NULL,
    ALTER COLUMN since SET NOT NULL;

-- Whoever puts an actor in; without an instant, since the ticket was there.
CREATE FUNCTION ticket_actor_is_committed_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.salt := uuid_send(gen_random_uuid());
    NEW.commitment := actor_commitment(NEW.salt, NEW.ticket_id, NEW.ref, NEW.person_id);
    NEW.since := coalesce(NEW.since,
        (SELECT submitted_at FROM ticket WHERE district_id = NEW.district_id AND id = NEW.ticket_id));
    RETURN NEW;
END
$$;

CREATE TRIGGER ticket_actor_committed BEFORE INSERT ON ticket_actor
    FOR EACH ROW EXECUTE FUNCTION ticket_actor_is_committed_to();
CREATE TRIGGER ticket_actor_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ticket_actor
    FOR EACH STATEMENT EXECUTE FUNCTION log_digest_is_append_only();

-- Digests of before keep their text, and so their hash.
ALTER TABLE log_digest ADD COLUMN format int NOT NULL DEFAULT 1 CHECK (format IN (1, 2));
ALTER TABLE log_digest ALTER COLUMN format DROP DEFAULT;
ALTER TABLE log_digest_head
    -- over the actors of the ticket by the end of the day; in digests of format 2
    ADD COLUMN actors text;

CREATE FUNCTION actors_hash(district uuid, ticket uuid, until timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(
        coalesce(string_agg(ref || ' ' || commitment || E'\n', '' ORDER BY ref COLLATE "C"), ''), 'UTF8')), 'hex')
    FROM ticket_actor WHERE district_id = district AND ticket_id = ticket AND since < until
$$;
