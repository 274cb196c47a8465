-- Whoever writes a file has seen what a check of it found, and names that.

ALTER TABLE roster_import
    -- keyed, of the file's bytes
    ADD COLUMN file_index bytea,
    -- of the file and of what was found in each row, once every row is checked
    ADD COLUMN digest text,
    -- that of the dry run which is confirmed
    ADD COLUMN confirmed_digest text,
    DROP CONSTRAINT roster_import_failure_check,
    ADD CONSTRAINT roster_import_failure_check CHECK (failure IN ('bad_rows', 'given_up', 'import_changed'));
