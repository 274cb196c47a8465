-- The jobs of a district are taken kind by kind, so that a new one of a kind never waits behind thousands of another.
DROP INDEX job_due;
CREATE INDEX job_due ON job (district_id, outward, kind, due_at) WHERE given_up_at IS NULL;
-- Of which districts and kinds something is due: read twice a second, over what is due and nothing else.
CREATE INDEX job_waiting ON job (outward, due_at) INCLUDE (district_id, kind) WHERE given_up_at IS NULL;
