-- Households, residents and staff out of a district office's files.

CREATE TABLE roster_import (
    district_id uuid NOT NULL REFERENCES district,
    id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('households', 'residents', 'staff')),
    dry_run boolean NOT NULL,
    skip_bad boolean NOT NULL,
    status text NOT NULL CHECK (status IN ('running', 'done', 'failed')),
    -- every row is checked before any is written
    phase text NOT NULL CHECK (phase IN ('checking', 'writing')),
    failure text CHECK (failure IN ('bad_rows', 'given_up')),
    started_by_id uuid NOT NULL REFERENCES person,
    created_at timestamptz(3) NOT NULL,
    finished_at timestamptz(3),
    PRIMARY KEY (district_id, id),
    CHECK ((status = 'running') = (finished_at IS NULL)),
    CHECK ((status = 'failed') = (failure IS NOT NULL))
);
CREATE INDEX roster_import_starter ON roster_import (started_by_id);

-- The rows of the file. What they say is kept until they are dealt with; of bad ones, and of new accounts with their
-- activation codes, for a few days more.
CREATE TABLE roster_import_row (
    district_id uuid NOT NULL,
    import_id uuid NOT NULL,
    row int NOT NULL,
    content_sealed bytea,
    outcome text CHECK (outcome IN ('created', 'changed', 'unchanged', 'bad')),
    written boolean NOT NULL DEFAULT false,
    -- codes, columns, numbers of other rows
    errors jsonb NOT NULL DEFAULT '[]',
    -- what no other row of the file may be the same in
    key_index bytea,
    other_key_index bytea,
    activation_code_sealed bytea,
    PRIMARY KEY (district_id, import_id, row),
    FOREIGN KEY (district_id, import_id) REFERENCES roster_import
);
CREATE INDEX roster_import_row_unchecked ON roster_import_row (district_id, import_id, row) WHERE outcome IS NULL;
CREATE INDEX roster_import_row_unwritten ON roster_import_row (district_id, import_id, row)
    WHERE outcome IN ('created', 'changed') AND NOT written;
CREATE INDEX roster_import_row_key ON roster_import_row (district_id, import_id, key_index) WHERE key_index IS NOT NULL;
CREATE INDEX roster_import_row_other_key ON roster_import_row (district_id, import_id, other_key_index)
    WHERE other_key_index IS NOT NULL;
