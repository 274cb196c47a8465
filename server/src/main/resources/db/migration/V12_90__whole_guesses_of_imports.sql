-- What is tried of a name is all that a row says together: with only its number, birth dates could be tried without end. What
-- fitted somebody is kept as well, so that a confirmed file finds again what its check found.
ALTER TABLE roster_import_row
    ADD COLUMN tried_index bytea,
    ADD COLUMN fitted boolean NOT NULL DEFAULT false,
    -- to whom the row adds what another row of the file may add as well
    ADD COLUMN added_key_index bytea;
UPDATE roster_import_row SET tried_index = coalesce(other_key_index, key_index) WHERE guessed_name_index IS NOT NULL;
CREATE INDEX roster_import_row_added_key ON roster_import_row (district_id, import_id, added_key_index)
    WHERE added_key_index IS NOT NULL;
