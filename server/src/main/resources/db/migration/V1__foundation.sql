-- The directory above the districts, the places and people of a district, and the mechanisms every feature uses.
-- Every table of a district's data starts its primary key with district_id: it is the wall between districts.
-- Columns ending in _sealed hold personal data, encrypted; columns ending in _index hold keyed hashes of it.

CREATE TABLE district (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    zone text NOT NULL DEFAULT 'Asia/Shanghai',
    is_default boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX district_default_once ON district (is_default) WHERE is_default;

-- Logins: which person, and in which districts.
CREATE TABLE person (
    id uuid PRIMARY KEY,
    created_at timestamptz(3) NOT NULL
);

CREATE TABLE person_district (
    person_id uuid NOT NULL REFERENCES person,
    district_id uuid NOT NULL REFERENCES district,
    PRIMARY KEY (person_id, district_id)
);

CREATE TABLE wechat_login (
    openid_index bytea PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES person
);

CREATE TABLE staff_login (
    username text PRIMARY KEY,
    person_id uuid NOT NULL UNIQUE REFERENCES person,
    password_hash text NOT NULL
);

-- One login on one device; its refresh tokens form a family, of which one is good at a time.
CREATE TABLE session (
    id uuid PRIMARY KEY,
    district_id uuid NOT NULL REFERENCES district,
    person_id uuid NOT NULL REFERENCES person,
    kind text NOT NULL CHECK (kind IN ('resident', 'staff')),
    created_at timestamptz(3) NOT NULL,
    expires_at timestamptz(3) NOT NULL,
    revoked_at timestamptz(3)
);
CREATE INDEX session_person ON session (person_id);
-- Every node asks twice a second which sessions have ended.
CREATE INDEX session_revoked ON session (revoked_at) WHERE revoked_at IS NOT NULL;

CREATE TABLE refresh_token (
    token_hash bytea PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES session,
    created_at timestamptz(3) NOT NULL,
    used_at timestamptz(3)
);
CREATE INDEX refresh_token_session ON refresh_token (session_id);

-- Places: the four levels.
CREATE TABLE place (
    district_id uuid NOT NULL REFERENCES district,
    id uuid NOT NULL,
    level text NOT NULL CHECK (level IN ('district', 'town', 'community', 'compound')),
    kind text CHECK (kind IN ('compound', 'grid')),
    parent_id uuid,
    name text NOT NULL,
    -- from the district down to the place itself
    path uuid[] NOT NULL,
    PRIMARY KEY (district_id, id),
    FOREIGN KEY (district_id, parent_id) REFERENCES place,
    CHECK ((level = 'compound') = (kind IS NOT NULL)),
    CHECK ((level = 'district') = (parent_id IS NULL)),
    CHECK (path[cardinality(path)] = id)
);
CREATE INDEX place_parent ON place (district_id, parent_id);

CREATE TABLE organization (
    district_id uuid NOT NULL REFERENCES district,
    id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('firm', 'office', 'department', 'cooperative', 'canteen_operator')),
    name text NOT NULL,
    -- the place whose office it is
    office_place_id uuid,
    PRIMARY KEY (district_id, id),
    FOREIGN KEY (district_id, office_place_id) REFERENCES place,
    CHECK ((kind = 'office') = (office_place_id IS NOT NULL))
);
CREATE UNIQUE INDEX organization_office_once ON organization (district_id, office_place_id) WHERE kind = 'office';

-- A cooperative contracted to a firm: the firm may assign its workers.
CREATE TABLE contract (
    district_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    cooperative_id uuid NOT NULL,
    PRIMARY KEY (district_id, organization_id, cooperative_id),
    FOREIGN KEY (district_id, organization_id) REFERENCES organization,
    FOREIGN KEY (district_id, cooperative_id) REFERENCES organization
);

-- Which organization serves which place; without a service item, for all of them.
CREATE TABLE service_area (
    district_id uuid NOT NULL,
    place_id uuid NOT NULL,
    service_item_code text,
    organization_id uuid NOT NULL,
    FOREIGN KEY (district_id, place_id) REFERENCES place,
    FOREIGN KEY (district_id, organization_id) REFERENCES organization,
    UNIQUE NULLS NOT DISTINCT (district_id, place_id, service_item_code)
);

CREATE TABLE household (
    district_id uuid NOT NULL,
    id uuid NOT NULL,
    compound_id uuid NOT NULL,
    -- "building-unit-room" in words
    address_sealed bytea NOT NULL,
    address_index bytea NOT NULL,
    PRIMARY KEY (district_id, id),
    FOREIGN KEY (district_id, compound_id) REFERENCES place,
    UNIQUE (district_id, compound_id, address_index)
);

-- People in a district. The id is the person's everywhere.
CREATE TABLE resident (
    district_id uuid NOT NULL REFERENCES district,
    id uuid NOT NULL REFERENCES person,
    name_sealed bytea NOT NULL,
    phone_sealed bytea,
    phone_index bytea,
    birth_date_sealed bytea,
    birth_date_verified boolean NOT NULL DEFAULT false,
    created_at timestamptz(3) NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX resident_phone ON resident (district_id, phone_index) WHERE phone_index IS NOT NULL;

CREATE TABLE household_member (
    district_id uuid NOT NULL,
    id uuid NOT NULL,
    household_id uuid NOT NULL,
    resident_id uuid NOT NULL,
    role text NOT NULL CHECK (role IN ('owner', 'tenant', 'family')),
    status text NOT NULL CHECK (status IN ('pending', 'approved')),
    created_at timestamptz(3) NOT NULL,
    approved_at timestamptz(3),
    approved_by_id uuid,
    PRIMARY KEY (district_id, id),
    FOREIGN KEY (district_id, household_id) REFERENCES household,
    FOREIGN KEY (district_id, resident_id) REFERENCES resident,
    CONSTRAINT household_member_once UNIQUE (district_id, household_id, resident_id)
);
CREATE INDEX household_member_resident ON household_member (district_id, resident_id);

CREATE TABLE mandate (
    district_id uuid NOT NULL,
    id uuid NOT NULL,
    grantor_id uuid NOT NULL,
    proxy_id uuid,
    for_booking boolean NOT NULL,
    for_ticket boolean NOT NULL,
    status text NOT NULL CHECK (status IN ('offered', 'active', 'revoked')),
    valid_until timestamptz(3),
    invite_code_hash bytea,
    offered_by_id uuid NOT NULL,
    created_at timestamptz(3) NOT NULL,
    PRIMARY KEY (district_id, id),
    FOREIGN KEY (district_id, grantor_id) REFERENCES resident,
    CHECK (for_booking OR for_ticket),
    CHECK (status <> 'active' OR proxy_id IS NOT NULL)
);
CREATE INDEX mandate_grantor ON mandate (district_id, grantor_id);
CREATE INDEX mandate_proxy ON mandate (district_id, proxy_id, grantor_id) WHERE status = 'active';

CREATE TABLE staff (
    district_id uuid NOT NULL REFERENCES district,
    id uuid NOT NULL REFERENCES person,
    name_sealed bytea NOT NULL,
    suspended boolean NOT NULL DEFAULT false,
    PRIMARY KEY (district_id, id)
);

-- A staff member's role within a scope: a place and all below it, an organization, or a canteen.
CREATE TABLE role_grant (
    district_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    role text NOT NULL,
    scope_kind text NOT NULL CHECK (scope_kind IN ('place', 'organization', 'canteen')),
    scope_id uuid NOT NULL,
    PRIMARY KEY (district_id, staff_id, role, scope_id),
    FOREIGN KEY (district_id, staff_id) REFERENCES staff,
    CHECK ((role, scope_kind) IN (('admin', 'place'), ('supervisor', 'place'), ('grid_member', 'place'),
        ('hotline_agent', 'place'), ('dispatcher', 'organization'), ('worker', 'organization'),
        ('canteen_operator', 'canteen')))
);
CREATE INDEX role_grant_scope ON role_grant (district_id, scope_id, role);

-- The first answer to a key, stored in the transaction of its effect.
CREATE TABLE idempotency (
    district_id uuid NOT NULL REFERENCES district,
    caller_id uuid NOT NULL,
    operation text NOT NULL,
    key text NOT NULL,
    request_hash bytea NOT NULL,
    status smallint NOT NULL,
    answer_sealed bytea NOT NULL,
    created_at timestamptz(3) NOT NULL,
    PRIMARY KEY (district_id, caller_id, operation, key)
);
CREATE INDEX idempotency_age ON idempotency (district_id, created_at);
