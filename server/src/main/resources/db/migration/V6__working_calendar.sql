-- The working calendar that targets in working hours are counted on. A district that has said nothing works eight hours
-- from Monday to Friday.
CREATE TABLE working_week (
    district_id uuid PRIMARY KEY REFERENCES district,
    -- 1 is Monday
    weekdays int[] NOT NULL CHECK (cardinality(weekdays) > 0),
    -- [{from, to}], in the district's zone
    hours jsonb NOT NULL CHECK (jsonb_array_length(hours) > 0)
);

-- Days that differ from their weekday: holidays, and weekends worked to make up for them.
CREATE TABLE calendar_day (
    district_id uuid NOT NULL REFERENCES district,
    day date NOT NULL,
    working boolean NOT NULL,
    name text NOT NULL,
    PRIMARY KEY (district_id, day)
);

ALTER TABLE service_item RENAME CONSTRAINT service_item_pkey TO service_item_version_once;
