-- Photos. The pictures themselves lie in the photo directory, named by these ids.

CREATE TABLE photo (
    district_id uuid NOT NULL REFERENCES district,
    id uuid NOT NULL,
    uploader_id uuid NOT NULL,
    -- of the bytes that are kept, in hex; the ticket's log has it too
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    width int NOT NULL CHECK (width > 0),
    height int NOT NULL CHECK (height > 0),
    bytes_count int NOT NULL CHECK (bytes_count > 0),
    created_at timestamptz(3) NOT NULL,
    -- the event that claimed it, once and for good; what nothing claims within a day is swept
    ticket_id uuid,
    event_seq int,
    side text CHECK (side IN ('reporter', 'staff')),
    -- within its event, from 1
    position int,
    PRIMARY KEY (district_id, id),
    -- photos are claimed before their event is written
    FOREIGN KEY (district_id, ticket_id, event_seq) REFERENCES ticket_event (district_id, ticket_id, seq)
        DEFERRABLE INITIALLY DEFERRED,
    CHECK (num_nulls(ticket_id, event_seq, side, position) IN (0, 4))
);
CREATE INDEX photo_of_ticket ON photo (district_id, ticket_id, event_seq) WHERE ticket_id IS NOT NULL;
