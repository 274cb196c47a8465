-- Two entries of one person become one. The row of the one that goes stays for what refers to it (log, chains, old links)
-- and points to the one that stays; nothing personal is left in it, as in the row of somebody erased.
ALTER TABLE resident
    ADD COLUMN merged_into_id uuid,
    ADD CONSTRAINT resident_merged_into FOREIGN KEY (district_id, merged_into_id) REFERENCES resident,
    ADD CONSTRAINT resident_merged_is_gone CHECK (merged_into_id IS NULL OR erased_at IS NOT NULL AND merged_into_id <> id);
CREATE INDEX resident_merged ON resident (district_id, merged_into_id) WHERE merged_into_id IS NOT NULL;
