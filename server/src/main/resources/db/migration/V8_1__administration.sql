-- Places, organizations and whom they serve become changeable.

-- Whoever changes the tree of places or the organizations of a district locks the district's row first (FOR NO KEY
-- UPDATE, which lets everybody else go on): a path is only right because of that, and a name is only once there.

-- What is removed one at a time has a name of its own. The service makes its ids; the default is for rows of old.
ALTER TABLE service_area ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid();
ALTER TABLE service_area ADD PRIMARY KEY (district_id, id);
ALTER TABLE service_area RENAME CONSTRAINT service_area_district_id_place_id_service_item_code_key TO service_area_once;
CREATE INDEX service_area_organization ON service_area (district_id, organization_id);
