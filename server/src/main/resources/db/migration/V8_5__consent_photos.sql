-- The photos of somebody's consents are found from their mandates.
CREATE INDEX photo_mandate ON photo (district_id, mandate_id) WHERE mandate_id IS NOT NULL;
