-- Households that people join, and mandates from their offer to their end.

ALTER TABLE household_member
    -- who entered it for the resident; null where they asked themselves
    ADD COLUMN entered_by_id uuid;
-- What waits for those who approve, oldest first.
CREATE INDEX household_member_pending ON household_member (district_id, id) WHERE status = 'pending';

-- A mandate that is taken up has no code any more. Instants at which an offer or a term ends are of real time.
ALTER TABLE mandate
    ADD COLUMN invite_expires_at timestamptz(3),
    ADD COLUMN accepted_at timestamptz(3),
    ADD COLUMN revoked_at timestamptz(3),
    ADD COLUMN revoked_by_id uuid,
    ADD COLUMN consent_note_sealed bytea,
    ADD COLUMN consent_photo_id uuid;
CREATE UNIQUE INDEX mandate_invite ON mandate (district_id, invite_code_hash) WHERE invite_code_hash IS NOT NULL;
CREATE INDEX mandate_of_proxy ON mandate (district_id, proxy_id) WHERE proxy_id IS NOT NULL;

-- A photo of a consent belongs to its mandate, and to no ticket.
ALTER TABLE photo
    ADD COLUMN mandate_id uuid,
    ADD FOREIGN KEY (district_id, mandate_id) REFERENCES mandate DEFERRABLE INITIALLY DEFERRED,
    ADD CHECK (mandate_id IS NULL OR ticket_id IS NULL);

-- What was done in somebody's name on tickets.
CREATE INDEX ticket_actor_person ON ticket_actor (district_id, person_id);

-- Notices about households and mandates may be sent on as well.
ALTER TABLE notification_consent
    DROP CONSTRAINT notification_consent_template_check,
    ADD CHECK (template IN ('booking', 'ticket', 'account'));
