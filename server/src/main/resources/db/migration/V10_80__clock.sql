-- How far what is written reaches, and when a node's clock was found to be wrong.

-- Of the whole installation, by the domain's clock. Each node writes its own now every few seconds, so the latest instant
-- that was committed is at most so much later; nobody waits for this row.
CREATE TABLE clock_mark (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    latest timestamptz(3) NOT NULL
);

INSERT INTO clock_mark (latest)
SELECT at FROM (SELECT max(at) AS at FROM ticket_event) AS newest WHERE at IS NOT NULL;

-- Append-only for the service: with it an honest event that a wrong clock put on a closed day is told from a forged one.
CREATE TABLE clock_incident (
    id uuid PRIMARY KEY,
    -- By the database's clock.
    noticed_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    -- Of the node that noticed: against the database's clock, or backwards against the latest that was written.
    kind text NOT NULL CHECK (kind IN ('ahead', 'behind', 'backwards', 'right', 'accepted')),
    by_ms bigint NOT NULL,
    -- The node's now, and how far what was written reached.
    domain_at timestamptz(3) NOT NULL,
    latest timestamptz(3)
);

-- When the database took the event in, by its own clock; of older events nobody knows. The service cannot set it.
ALTER TABLE ticket_event ADD COLUMN recorded_at timestamptz(3);
ALTER TABLE ticket_event ALTER COLUMN recorded_at SET DEFAULT clock_timestamp();
