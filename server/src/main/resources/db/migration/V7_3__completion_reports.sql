-- Months that a district has published. The figures are kept as they were computed; nothing changes them any more.

-- What other features may read of the log: what is hashed, and no words. With the rights of whoever asks, or a lesser role
-- could write through it what it may not write itself.
CREATE VIEW ticket_log WITH (security_invoker = true) AS
SELECT district_id, ticket_id, seq, type, at, data, hash FROM ticket_event;

CREATE TABLE completion_report (
    district_id uuid NOT NULL REFERENCES district,
    id uuid NOT NULL,
    -- its first day
    month date NOT NULL CHECK (extract(day FROM month) = 1),
    -- published again, a month gets another; the highest counts
    edition int NOT NULL CHECK (edition >= 1),
    definition int NOT NULL,
    as_of timestamptz(3) NOT NULL,
    published_at timestamptz(3) NOT NULL,
    published_by_id uuid NOT NULL REFERENCES person,
    -- why it was published again: an office's own words, in the open like the rest of the report
    reason text CHECK (edition = 1 OR reason IS NOT NULL),
    figures jsonb NOT NULL,
    -- what the digest was made of
    tickets int NOT NULL,
    events bigint NOT NULL,
    digest text NOT NULL,
    PRIMARY KEY (district_id, id),
    CONSTRAINT completion_report_edition_once UNIQUE (district_id, month, edition)
);
CREATE INDEX completion_report_newest ON completion_report (district_id, published_at DESC, id DESC);

CREATE TRIGGER completion_report_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON completion_report
    FOR EACH STATEMENT EXECUTE FUNCTION log_digest_is_append_only();
