-- Elders without a phone, registered by somebody of their grid, and found again by their whole name or number.
ALTER TABLE resident
    ADD COLUMN name_index bytea,
    ADD COLUMN registered_by_id uuid,
    ADD COLUMN consent_note_sealed bytea;
CREATE INDEX resident_name ON resident (district_id, name_index) WHERE name_index IS NOT NULL;
