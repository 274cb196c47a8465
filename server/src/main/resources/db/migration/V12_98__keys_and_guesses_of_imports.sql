-- A row of a file is known by several things, and tries several: each is a row of its own, in place of a column for each kind.

CREATE TABLE roster_import_key (
    district_id uuid NOT NULL,
    import_id uuid NOT NULL,
    row int NOT NULL,
    -- in what another row of the file that is the same is repeated, or doubtful
    key_index bytea NOT NULL,
    PRIMARY KEY (district_id, import_id, key_index, row),
    FOREIGN KEY (district_id, import_id, row) REFERENCES roster_import_row
);
CREATE INDEX roster_import_key_row ON roster_import_key (district_id, import_id, row);

CREATE TABLE roster_import_guess (
    district_id uuid NOT NULL,
    import_id uuid NOT NULL,
    row int NOT NULL,
    -- a name that is borne here, or a number as it is shown masked
    about_index bytea NOT NULL,
    -- what is told by whether it fits
    tried_index bytea NOT NULL,
    fitted boolean NOT NULL,
    PRIMARY KEY (district_id, import_id, row, about_index),
    FOREIGN KEY (district_id, import_id, row) REFERENCES roster_import_row
);
CREATE INDEX roster_import_guess_about ON roster_import_guess (district_id, about_index);

INSERT INTO roster_import_key (district_id, import_id, row, key_index)
SELECT DISTINCT r.district_id, r.import_id, r.row, k.key
FROM roster_import_row r
CROSS JOIN LATERAL unnest(ARRAY[r.key_index, r.other_key_index, r.doubt_key_index, r.added_key_index]) AS k (key)
WHERE k.key IS NOT NULL;

INSERT INTO roster_import_guess (district_id, import_id, row, about_index, tried_index, fitted)
SELECT district_id, import_id, row, guessed_name_index, tried_index, fitted
FROM roster_import_row
WHERE guessed_name_index IS NOT NULL AND tried_index IS NOT NULL;

ALTER TABLE roster_import_row
    DROP COLUMN key_index,
    DROP COLUMN other_key_index,
    DROP COLUMN doubt_key_index,
    DROP COLUMN added_key_index,
    DROP COLUMN guessed_name_index,
    DROP COLUMN tried_index,
    DROP COLUMN fitted;
