-- An import goes on as long as whoever started it may do such a thing.
ALTER TABLE roster_import DROP CONSTRAINT roster_import_failure_check;
ALTER TABLE roster_import ADD CONSTRAINT roster_import_failure_check
    CHECK (failure IN ('bad_rows', 'given_up', 'import_changed', 'starter_gone'));
