-- Canteens, their meals, and who eats.
-- Whoever changes a meal or anything of its bookings locks the meal's row first, several meals in the order of their
-- ids. The counters taken, waiting and arrivals are only right because of that.

CREATE TABLE canteen (
    district_id uuid NOT NULL REFERENCES district,
    id uuid NOT NULL,
    place_id uuid NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    delivers boolean NOT NULL,
    PRIMARY KEY (district_id, id),
    FOREIGN KEY (district_id, place_id) REFERENCES place
);
CREATE INDEX canteen_place ON canteen (district_id, place_id);

-- When a meal of this period opens, closes for booking and ends, unless it says otherwise; in the district's zone.
CREATE TABLE canteen_period (
    district_id uuid NOT NULL,
    canteen_id uuid NOT NULL,
    period text NOT NULL CHECK (period IN ('breakfast', 'lunch', 'dinner')),
    opens_days_before int NOT NULL CHECK (opens_days_before >= 0),
    opens_at time NOT NULL,
    cutoff_days_before int NOT NULL CHECK (cutoff_days_before >= 0),
    cutoff_at time NOT NULL,
    serving_ends_at time NOT NULL,
    PRIMARY KEY (district_id, canteen_id, period),
    FOREIGN KEY (district_id, canteen_id) REFERENCES canteen
);

-- The bands of the latest effective_from that is not after the meal's day are in force, all others are history.
CREATE TABLE subsidy_policy (
    district_id uuid NOT NULL,
    canteen_id uuid NOT NULL,
    effective_from date NOT NULL,
    from_age int NOT NULL CHECK (from_age >= 0),
    to_age int CHECK (to_age >= from_age),
    amount_fen int NOT NULL CHECK (amount_fen >= 0),
    PRIMARY KEY (district_id, canteen_id, effective_from, from_age),
    FOREIGN KEY (district_id, canteen_id) REFERENCES canteen
);

CREATE TABLE meal (
    district_id uuid NOT NULL,
    id uuid NOT NULL,
    canteen_id uuid NOT NULL,
    date date NOT NULL,
    period text NOT NULL CHECK (period IN ('breakfast', 'lunch', 'dinner')),
    status text NOT NULL CHECK (status IN ('draft', 'published', 'closed', 'cancelled')),
    capacity int NOT NULL CHECK (capacity >= 0),
    -- portions of the bookings that are booked, confirmed, served or no_show
    taken int NOT NULL DEFAULT 0 CHECK (taken >= 0),
    -- how many bookings are waitlisted
    waiting int NOT NULL DEFAULT 0 CHECK (waiting >= 0),
    -- the arrival number of the last booking
    arrivals bigint NOT NULL DEFAULT 0,
    -- of the set meal; without one it costs the sum of the dishes
    price_fen int CHECK (price_fen >= 0),
    booking_opens_at timestamptz(3) NOT NULL,
    cutoff_at timestamptz(3) NOT NULL,
    serving_ends_at timestamptz(3) NOT NULL,
    created_at timestamptz(3) NOT NULL,
    published_at timestamptz(3),
    closed_at timestamptz(3),
    cancelled_at timestamptz(3),
    cancel_reason_sealed bytea,
    PRIMARY KEY (district_id, id),
    FOREIGN KEY (district_id, canteen_id) REFERENCES canteen,
    CONSTRAINT meal_once UNIQUE (district_id, canteen_id, date, period),
    CONSTRAINT meal_capacity CHECK (taken <= capacity),
    CHECK (booking_opens_at < cutoff_at AND cutoff_at <= serving_ends_at)
) WITH (fillfactor = 50);

CREATE TABLE dish (
    district_id uuid NOT NULL,
    id uuid NOT NULL,
    meal_id uuid NOT NULL,
    position int NOT NULL,
    name text NOT NULL,
    price_fen int NOT NULL CHECK (price_fen >= 0),
    quota int CHECK (quota >= 0),
    -- portions of the same bookings as meal.taken; a set meal takes every dish
    taken int NOT NULL DEFAULT 0 CHECK (taken >= 0),
    tags text[] NOT NULL,
    allergens text[] NOT NULL,
    PRIMARY KEY (district_id, id),
    FOREIGN KEY (district_id, meal_id) REFERENCES meal,
    CONSTRAINT dish_quota CHECK (taken <= quota)
) WITH (fillfactor = 50);
CREATE INDEX dish_meal ON dish (district_id, meal_id, position);

-- Meal and diner are no foreign keys: both rows are read in the very transaction that books, neither is ever deleted,
-- and checking them again row by row halves the rate of the lunch-hour rush.
CREATE TABLE booking (
    district_id uuid NOT NULL,
    id uuid NOT NULL,
    meal_id uuid NOT NULL,
    -- as the meal has them
    canteen_id uuid NOT NULL,
    date date NOT NULL,
    period text NOT NULL,
    diner_id uuid NOT NULL,
    booked_by_id uuid NOT NULL,
    status text NOT NULL CHECK (status IN
        ('waitlisted', 'booked', 'confirmed', 'served', 'no_show', 'cancelled', 'expired')),
    mode text NOT NULL CHECK (mode IN ('dine_in', 'pickup', 'delivery')),
    portions int NOT NULL CHECK (portions BETWEEN 1 AND 4),
    -- without dishes of its own: the whole meal
    set_meal boolean NOT NULL,
    -- the order in which the meal's bookings arrived, counted under the meal's lock
    arrival bigint NOT NULL,
    delivery_address_sealed bytea,
    -- set when it becomes booked, and never again
    code text,
    price_fen int,
    subsidy_fen int,
    payable_fen int,
    subsidy_from_age int,
    subsidy_to_age int,
    created_at timestamptz(3) NOT NULL,
    booked_at timestamptz(3),
    confirmed_at timestamptz(3),
    served_at timestamptz(3),
    -- when it became no_show or expired
    ended_at timestamptz(3),
    cancelled_at timestamptz(3),
    cancelled_by_id uuid,
    cancelled_side text CHECK (cancelled_side IN ('diner', 'canteen')),
    cancel_reason_sealed bytea,
    PRIMARY KEY (district_id, id),
    CHECK (num_nulls(booked_at, code, price_fen, subsidy_fen, payable_fen) IN (0, 5)),
    CHECK (booked_at IS NOT NULL OR status IN ('waitlisted', 'cancelled', 'expired')),
    CHECK (subsidy_fen >= 0 AND payable_fen >= 0 AND payable_fen = price_fen - subsidy_fen),
    CHECK ((mode = 'delivery') = (delivery_address_sealed IS NOT NULL))
);
-- A diner's bookings are in the one or in the other of the next two.
CREATE UNIQUE INDEX booking_once_per_diner ON booking (district_id, diner_id, meal_id)
    WHERE status NOT IN ('cancelled', 'expired');
CREATE INDEX booking_given_up ON booking (district_id, diner_id) WHERE status IN ('cancelled', 'expired');
CREATE UNIQUE INDEX booking_code_once ON booking (district_id, meal_id, code);
-- One subsidised portion for a diner, date and period, whatever the canteen.
CREATE UNIQUE INDEX booking_subsidy_once ON booking (district_id, diner_id, date, period)
    WHERE subsidy_fen > 0 AND status <> 'cancelled';
CREATE INDEX booking_waiting ON booking (district_id, meal_id, arrival) WHERE status = 'waitlisted';
CREATE INDEX booking_proxy ON booking (district_id, booked_by_id, id) WHERE booked_by_id <> diner_id;

CREATE TABLE booking_dish (
    district_id uuid NOT NULL,
    booking_id uuid NOT NULL,
    dish_id uuid NOT NULL,
    portions int NOT NULL CHECK (portions > 0),
    PRIMARY KEY (district_id, booking_id, dish_id)
);
