-- The service catalogue, tickets and their event log.
-- A ticket's row is a projection of its events: it can be rebuilt from them, and nothing is written to it alone.

-- What can be asked for. A version is never changed; the one with the highest number is the present one.
CREATE TABLE service_item (
    district_id uuid NOT NULL REFERENCES district,
    code text NOT NULL,
    version int NOT NULL,
    name text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('repair', 'cleaning', 'nuisance', 'public', 'consultation', 'care')),
    -- [{key, label, type, required, options}]
    required_info jsonb NOT NULL,
    response_hours int NOT NULL CHECK (response_hours > 0),
    resolution_hours int NOT NULL CHECK (resolution_hours > 0),
    calendar text NOT NULL DEFAULT 'all_hours' CHECK (calendar IN ('all_hours', 'working_hours')),
    evidence_required boolean NOT NULL,
    reportable boolean NOT NULL,
    created_at timestamptz(3) NOT NULL,
    PRIMARY KEY (district_id, code, version)
);

CREATE TABLE ticket (
    district_id uuid NOT NULL REFERENCES district,
    id uuid NOT NULL,
    -- day in the district's zone and six digits
    ticket_no text NOT NULL,
    -- frozen at submission
    service_item_code text NOT NULL,
    service_item_version int NOT NULL,
    service_item_kind text NOT NULL,
    household_id uuid,
    place_id uuid NOT NULL,
    place_path uuid[] NOT NULL,
    channel text NOT NULL CHECK (channel IN ('mini_program', 'grid', 'hotline', 'counter', 'system')),
    anonymous boolean NOT NULL,
    reporter_ref text,
    reporter_id uuid,
    submitted_at timestamptz(3) NOT NULL,
    -- Who it was sent to. The first owner is always this one, from the moment it acts: until somebody accepts,
    -- transfers or escalates, responsibility has not moved.
    routed_org_id uuid NOT NULL,
    -- where it stands
    status text NOT NULL CHECK (status IN ('submitted', 'accepted', 'assigned', 'in_progress', 'waiting_info',
        'suspended', 'resolved', 'closed', 'cancelled', 'merged')),
    status_before text,
    responsible_org_id uuid NOT NULL,
    first_owner_id uuid,
    first_owned_at timestamptz(3),
    assignee_ref text,
    assignee_id uuid,
    assignee_org_id uuid,
    waiting_since timestamptz(3),
    suspended_until timestamptz(3),
    ever_suspended boolean NOT NULL,
    merged_into_id uuid,
    -- Clocks. While one stands still its due time is null and what is left of it is kept; one that has run out stays.
    response_due_at timestamptz(3) NOT NULL,
    resolution_due_at timestamptz(3),
    resolution_left_ms bigint,
    response_overdue_at timestamptz(3),
    resolution_overdue_at timestamptz(3),
    -- the next instant at which time itself acts on the ticket
    clock_due_at timestamptz(3),
    -- Outcomes for the one-time completion rate: the instants at which each came to hold, never flags.
    first_accepted_at timestamptz(3),
    first_resolved_at timestamptz(3),
    first_outcome text,
    latest_resolved_at timestamptz(3),
    latest_outcome text,
    info_requests int NOT NULL,
    info_twice_at timestamptz(3),
    reopened_at timestamptz(3),
    re_reported_at timestamptz(3),
    dissatisfied_at timestamptz(3),
    confirmed_at timestamptz(3),
    rating int,
    closed_at timestamptz(3),
    cancelled_at timestamptz(3),
    merged_at timestamptz(3),
    -- the event that began the exclusion standing now
    exclusion_seq int,
    -- head of the chain
    last_seq int NOT NULL,
    last_at timestamptz(3) NOT NULL,
    last_hash text NOT NULL,
    PRIMARY KEY (district_id, id),
    CONSTRAINT ticket_no_once UNIQUE (district_id, ticket_no),
    FOREIGN KEY (district_id, service_item_code, service_item_version) REFERENCES service_item,
    FOREIGN KEY (district_id, household_id) REFERENCES household,
    FOREIGN KEY (district_id, place_id) REFERENCES place,
    FOREIGN KEY (district_id, routed_org_id) REFERENCES organization,
    FOREIGN KEY (district_id, responsible_org_id) REFERENCES organization,
    FOREIGN KEY (district_id, merged_into_id) REFERENCES ticket
);
CREATE INDEX ticket_newest ON ticket (district_id, submitted_at DESC, id DESC);
CREATE INDEX ticket_household ON ticket (district_id, household_id, service_item_code)
    WHERE household_id IS NOT NULL;
CREATE INDEX ticket_spot ON ticket (district_id, place_id, submitted_at) WHERE household_id IS NULL;
CREATE INDEX ticket_reporter ON ticket (district_id, reporter_id, service_item_code);
CREATE INDEX ticket_responsible ON ticket (district_id, responsible_org_id, status);
CREATE INDEX ticket_first_owner ON ticket (district_id, first_owner_id);
CREATE INDEX ticket_assignee ON ticket (district_id, assignee_id) WHERE assignee_id IS NOT NULL;
CREATE INDEX ticket_clock ON ticket (clock_due_at, district_id) WHERE clock_due_at IS NOT NULL;
CREATE INDEX ticket_resolved ON ticket (district_id, first_resolved_at) WHERE first_resolved_at IS NOT NULL;
CREATE INDEX ticket_cancelled ON ticket (district_id, cancelled_at) WHERE cancelled_at IS NOT NULL;
CREATE INDEX ticket_merged ON ticket (district_id, merged_at) WHERE merged_at IS NOT NULL;

-- Which due time the resolution clock had when: from the event that set it until the one that changed it.
CREATE TABLE ticket_due (
    district_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    seq int NOT NULL,
    from_at timestamptz(3) NOT NULL,
    until_at timestamptz(3),
    due_at timestamptz(3) NOT NULL,
    PRIMARY KEY (district_id, ticket_id, seq),
    FOREIGN KEY (district_id, ticket_id) REFERENCES ticket
);
CREATE INDEX ticket_due_at ON ticket_due (district_id, due_at);

-- Kept out of the rate from one instant until another (that one not included).
CREATE TABLE ticket_exclusion (
    district_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    seq int NOT NULL,
    from_at timestamptz(3) NOT NULL,
    until_at timestamptz(3),
    reason text NOT NULL CHECK (reason IN ('out_of_scope', 'test')),
    by_ref text NOT NULL,
    PRIMARY KEY (district_id, ticket_id, seq),
    FOREIGN KEY (district_id, ticket_id) REFERENCES ticket
);

-- Who is behind a pseudonym of a ticket's log. Erasing the row leaves counts and chain as they are.
CREATE TABLE ticket_actor (
    district_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    ref text NOT NULL,
    person_id uuid NOT NULL,
    PRIMARY KEY (district_id, ticket_id, ref),
    UNIQUE (district_id, ticket_id, person_id),
    FOREIGN KEY (district_id, ticket_id) REFERENCES ticket
);

-- Reporters of tickets that were merged into this one; they are on the reporter's side here.
CREATE TABLE ticket_co_reporter (
    district_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    person_id uuid NOT NULL,
    PRIMARY KEY (district_id, ticket_id, person_id),
    FOREIGN KEY (district_id, ticket_id) REFERENCES ticket
);
CREATE INDEX ticket_co_reporter_person ON ticket_co_reporter (district_id, person_id);

CREATE TABLE ticket_follower (
    district_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    person_id uuid NOT NULL,
    PRIMARY KEY (district_id, ticket_id, person_id),
    FOREIGN KEY (district_id, ticket_id) REFERENCES ticket
);
CREATE INDEX ticket_follower_person ON ticket_follower (district_id, person_id);

-- The log: hash = SHA-256 of the RFC 8785 JSON of everything but itself, the district and what is shown beside it.
CREATE TABLE ticket_event (
    district_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    seq int NOT NULL,
    type text NOT NULL,
    at timestamptz(3) NOT NULL,
    actor_ref text NOT NULL,
    actor_kind text NOT NULL,
    actor_org_id uuid,
    on_behalf_of_ref text,
    data jsonb NOT NULL,
    previous_hash text NOT NULL,
    hash text NOT NULL,
    -- {texts, salts} by path within data; erasable
    shown_sealed bytea,
    PRIMARY KEY (district_id, ticket_id, seq),
    FOREIGN KEY (district_id, ticket_id) REFERENCES ticket
);
CREATE INDEX ticket_event_urged ON ticket_event (district_id, ticket_id, actor_ref) WHERE type = 'urged';

CREATE FUNCTION ticket_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- sealed text may be erased or sealed anew under another key; nothing that is hashed may change
    IF TG_OP = 'UPDATE' THEN
        IF (to_jsonb(NEW) - 'shown_sealed') = (to_jsonb(OLD) - 'shown_sealed') THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'ticket_event is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER ticket_event_append_only BEFORE UPDATE OR DELETE ON ticket_event
    FOR EACH ROW EXECUTE FUNCTION ticket_event_is_append_only();
CREATE TRIGGER ticket_event_no_truncate BEFORE TRUNCATE ON ticket_event
    FOR EACH STATEMENT EXECUTE FUNCTION ticket_event_is_append_only();

-- What other features may read of tickets: the instants that figures are made of.
CREATE VIEW ticket_outcome AS
SELECT district_id, id AS ticket_id, ticket_no,
       -- the first owner, or who will be it
       routed_org_id AS organization_id,
       service_item_code,
       CASE service_item_kind WHEN 'consultation' THEN 'consultation' WHEN 'care' THEN 'care' ELSE 'main' END AS segment,
       place_id, place_path, channel, submitted_at,
       first_resolved_at, first_outcome, info_twice_at, reopened_at, re_reported_at, dissatisfied_at, confirmed_at,
       cancelled_at, merged_at
FROM ticket;
