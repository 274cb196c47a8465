-- Who agreed that the resident belongs to the household: they themselves, or who was in charge of them then. What somebody
-- entered and nobody else agreed to gives them nothing.
ALTER TABLE household_member ADD COLUMN agreed_by_id uuid;

UPDATE household_member SET agreed_by_id = resident_id WHERE status = 'approved' AND entered_by_id IS NULL;
-- Entered in the moment in which they were registered: nobody else knew them.
UPDATE household_member m SET agreed_by_id = m.entered_by_id
FROM resident r
WHERE r.district_id = m.district_id AND r.id = m.resident_id AND r.registered_by_id = m.entered_by_id
  AND r.created_at = m.created_at;

-- From when on somebody belongs decides which tickets of the household they see.
UPDATE household_member SET approved_at = created_at WHERE status = 'approved' AND approved_at IS NULL;
