-- The bands with which a canteen of the district begins; none, and it begins without subsidies.
CREATE TABLE starter_subsidy (
    district_id uuid NOT NULL REFERENCES district,
    from_age int NOT NULL CHECK (from_age >= 0),
    to_age int CHECK (to_age >= from_age),
    amount_fen int NOT NULL CHECK (amount_fen >= 0),
    PRIMARY KEY (district_id, from_age)
);

-- Of the whole installation: whether its people log in with WeChat or with what stands in for it. With the latter anybody
-- can be anybody, so what was the one is never the other.
CREATE TABLE wechat_use (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    simulated boolean NOT NULL,
    since timestamptz(3) NOT NULL
);
