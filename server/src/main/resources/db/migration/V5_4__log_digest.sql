-- The daily digest of each district's log: it fixes the heads of all chains that grew on a day, and follows from the
-- digest of the day before. So whoever kept one digest knows whether anything up to that day was changed since.

-- The events of a day, for the digest and for whoever recomputes it.
CREATE INDEX ticket_event_day ON ticket_event (district_id, at);

CREATE TABLE log_digest (
    district_id uuid NOT NULL REFERENCES district,
    -- in the district's zone
    day date NOT NULL,
    -- chains with an event on that day, and how many events they got
    chains int NOT NULL,
    events int NOT NULL,
    previous_digest text NOT NULL,
    digest text NOT NULL,
    published_at timestamptz(3) NOT NULL,
    PRIMARY KEY (district_id, day)
);
CREATE INDEX log_digest_newest ON log_digest (day DESC, district_id);

-- What a digest was made of: the last event of the day of each chain. With it a difference can be laid at a ticket's door.
-- No foreign key to the ticket: this row must outlive one that is taken away.
CREATE TABLE log_digest_head (
    district_id uuid NOT NULL,
    day date NOT NULL,
    ticket_id uuid NOT NULL,
    seq int NOT NULL,
    hash text NOT NULL,
    PRIMARY KEY (district_id, day, ticket_id),
    FOREIGN KEY (district_id, day) REFERENCES log_digest
);

CREATE FUNCTION log_digest_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER log_digest_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_digest
    FOR EACH STATEMENT EXECUTE FUNCTION log_digest_is_append_only();
CREATE TRIGGER log_digest_head_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_digest_head
    FOR EACH STATEMENT EXECUTE FUNCTION log_digest_is_append_only();

-- Every district publishes digests from its first day on, whoever makes the district. Each run leaves the next.
CREATE FUNCTION district_publishes_digests() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO job (district_id, id, kind, subject_id, payload, due_at)
    VALUES (NEW.id, gen_random_uuid(), 'publish_log_digest', NEW.id, '{}', now());
    RETURN NULL;
END
$$;

CREATE TRIGGER district_publishes_digests AFTER INSERT ON district
    FOR EACH ROW EXECUTE FUNCTION district_publishes_digests();

INSERT INTO job (district_id, id, kind, subject_id, payload, due_at)
SELECT id, gen_random_uuid(), 'publish_log_digest', id, '{}', now() FROM district;
