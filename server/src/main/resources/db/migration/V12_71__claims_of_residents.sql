-- Whoever has bound the number of somebody on record may say that it is them.

-- when WeChat vouched for the number; null of one that others wrote down
ALTER TABLE resident ADD COLUMN phone_bound_at timestamptz(3);

-- Waits for the grid member; good as long as both have the same number, and gone when they are one.
CREATE TABLE resident_claim (
    district_id uuid NOT NULL,
    claimant_id uuid NOT NULL,
    record_id uuid NOT NULL,
    created_at timestamptz(3) NOT NULL,
    PRIMARY KEY (district_id, claimant_id, record_id),
    FOREIGN KEY (district_id, claimant_id) REFERENCES resident,
    FOREIGN KEY (district_id, record_id) REFERENCES resident,
    CHECK (claimant_id <> record_id)
);
CREATE INDEX resident_claim_record ON resident_claim (district_id, record_id);
