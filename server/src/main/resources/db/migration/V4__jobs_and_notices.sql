-- What happens later, and what people are told.

-- Something to be done when its time has come: written in the transaction of its cause, taken by whichever node is free,
-- and gone in the transaction of its effect. A deadline that moves gets another row; a handler that is called too early,
-- too late or twice finds out from the rows that it is about.
CREATE TABLE job (
    district_id uuid NOT NULL REFERENCES district,
    id uuid NOT NULL,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    -- ids and facts, nothing personal
    payload jsonb NOT NULL,
    due_at timestamptz(3) NOT NULL,
    attempts int NOT NULL DEFAULT 0,
    -- what the last attempt died of: a class or a code, never words
    failure text,
    given_up_at timestamptz(3),
    PRIMARY KEY (district_id, id)
);
CREATE INDEX job_due ON job (district_id, due_at) WHERE given_up_at IS NULL;
CREATE INDEX job_given_up ON job (district_id) WHERE given_up_at IS NOT NULL;

-- The inbox. A notice says what happened to which thing; the words are made when it is read.
CREATE TABLE notification (
    district_id uuid NOT NULL REFERENCES district,
    -- the job's that delivered it, so that it comes once
    id uuid NOT NULL,
    recipient_id uuid NOT NULL,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    -- ids, dates and codes, nothing personal
    facts jsonb NOT NULL,
    created_at timestamptz(3) NOT NULL,
    read_at timestamptz(3),
    PRIMARY KEY (district_id, id)
);
CREATE INDEX notification_inbox ON notification (district_id, recipient_id, created_at DESC, id DESC);
CREATE INDEX notification_unread ON notification (district_id, recipient_id) WHERE read_at IS NULL;
