-- What a queue is ordered by: the instant by which something must be done. An open ticket whose clock stands still comes
-- last; one that is not open has none.
ALTER TABLE ticket ADD COLUMN queue_due_at timestamptz(3) GENERATED ALWAYS AS (
    CASE
        WHEN status = 'submitted' THEN least(response_due_at, resolution_due_at)
        WHEN status IN ('accepted', 'assigned', 'in_progress', 'waiting_info', 'suspended')
            THEN coalesce(resolution_due_at, timestamptz '9999-12-31T00:00Z')
    END) STORED;

-- A page is merged from the first tickets of everything that the caller is in charge of, status by status: each part is
-- one short range of one of these, however many tickets there are.
DROP INDEX ticket_newest;
DROP INDEX ticket_responsible;
DROP INDEX ticket_first_owner;
DROP INDEX ticket_assignee;
DROP INDEX ticket_spot;

CREATE INDEX ticket_by_organization ON ticket (district_id, responsible_org_id, status, submitted_at, id);
CREATE INDEX ticket_by_owner ON ticket (district_id, first_owner_id, status, submitted_at, id)
    WHERE first_owner_id IS NOT NULL;
CREATE INDEX ticket_by_assignee ON ticket (district_id, assignee_id, status, submitted_at, id)
    WHERE assignee_id IS NOT NULL;
CREATE INDEX ticket_by_reporter ON ticket (district_id, reporter_id, status, submitted_at, id);
CREATE INDEX ticket_by_household ON ticket (district_id, household_id, status, submitted_at, id)
    WHERE household_id IS NOT NULL;
CREATE INDEX ticket_by_spot ON ticket (district_id, place_id, status, submitted_at, id) WHERE household_id IS NULL;
CREATE INDEX ticket_by_district ON ticket (district_id, (place_path[1]), status, submitted_at, id);
CREATE INDEX ticket_by_town ON ticket (district_id, (place_path[2]), status, submitted_at, id);
CREATE INDEX ticket_by_community ON ticket (district_id, (place_path[3]), status, submitted_at, id);
CREATE INDEX ticket_by_compound ON ticket (district_id, (place_path[4]), status, submitted_at, id);

-- Nobody has so many open tickets of their own, in their household or around them that these need sorting beforehand.
CREATE INDEX ticket_queue_of_organization ON ticket (district_id, responsible_org_id, status, queue_due_at, id)
    WHERE queue_due_at IS NOT NULL;
CREATE INDEX ticket_queue_of_owner ON ticket (district_id, first_owner_id, status, queue_due_at, id)
    WHERE queue_due_at IS NOT NULL AND first_owner_id IS NOT NULL;
CREATE INDEX ticket_queue_of_district ON ticket (district_id, (place_path[1]), status, queue_due_at, id)
    WHERE queue_due_at IS NOT NULL;
CREATE INDEX ticket_queue_of_town ON ticket (district_id, (place_path[2]), status, queue_due_at, id)
    WHERE queue_due_at IS NOT NULL;
CREATE INDEX ticket_queue_of_community ON ticket (district_id, (place_path[3]), status, queue_due_at, id)
    WHERE queue_due_at IS NOT NULL;
CREATE INDEX ticket_queue_of_compound ON ticket (district_id, (place_path[4]), status, queue_due_at, id)
    WHERE queue_due_at IS NOT NULL;
