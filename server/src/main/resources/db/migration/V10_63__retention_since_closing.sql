-- Details of a ticket go some time after it was over, whatever is written to it afterwards. What is written later still
-- goes as long after the last event, which the index by that finds.
CREATE INDEX ticket_over_since ON ticket (district_id, (CASE status WHEN 'closed' THEN closed_at
    WHEN 'cancelled' THEN cancelled_at WHEN 'merged' THEN merged_at END), id)
    WHERE status IN ('closed', 'cancelled', 'merged');

-- How far the nightly removal had come was told by the last event.
UPDATE job SET payload = payload - 'texts' - 'photos' WHERE kind = 'remove_past';
