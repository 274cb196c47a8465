-- A cancelled meal gives its place in the week free.
ALTER TABLE meal DROP CONSTRAINT meal_once;
CREATE UNIQUE INDEX meal_once ON meal (district_id, canteen_id, date, period) WHERE status <> 'cancelled';
CREATE INDEX meal_day ON meal (district_id, canteen_id, date);

-- The no-show that completed two in a row and called for a visit. A streak that has one gets no other.
CREATE TABLE care_signal (
    district_id uuid NOT NULL,
    booking_id uuid NOT NULL,
    diner_id uuid NOT NULL,
    signalled_at timestamptz(3) NOT NULL,
    PRIMARY KEY (district_id, booking_id),
    FOREIGN KEY (district_id, booking_id) REFERENCES booking
);

-- The meals that are published already have their times called, too.
INSERT INTO job (district_id, id, kind, subject_id, payload, due_at)
SELECT m.district_id, gen_random_uuid(), call.kind, m.id, '{}', call.due_at
FROM meal m
CROSS JOIN LATERAL (VALUES ('expire_waitlist', m.cutoff_at), ('close_meal', m.serving_ends_at)) AS call (kind, due_at)
WHERE m.status = 'published';
