-- The check of a list tells whether somebody of a name has a number, so it is counted how many were tried for a name: a row
-- that fits nobody, though somebody here is called so, keeps the keyed index of that name for as long as its other keys.
ALTER TABLE roster_import_row ADD COLUMN guessed_name_index bytea;
CREATE INDEX roster_import_row_guessed ON roster_import_row (district_id, guessed_name_index)
    WHERE guessed_name_index IS NOT NULL;
