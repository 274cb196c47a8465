-- Whoever removes a resident asks whether consents refer to them.
CREATE INDEX notification_consent_person ON notification_consent (district_id, person_id);
