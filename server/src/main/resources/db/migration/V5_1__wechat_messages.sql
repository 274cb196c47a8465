-- WeChat messages beside the inbox: whom to send them to, the consents that allow them, and the jobs that send them.

-- The openid is what a message is addressed to; the index alone cannot say it. Filled at the next login.
ALTER TABLE wechat_login ADD COLUMN openid_sealed bytea;
CREATE INDEX wechat_login_person ON wechat_login (person_id);

-- The ledger of consents: each is good for one message.
CREATE TABLE notification_consent (
    district_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    template text NOT NULL CHECK (template IN ('booking', 'ticket')),
    given_at timestamptz(3) NOT NULL,
    -- set when it is kept for a notice; taken back when our own fault kept the message from being sent
    spent_at timestamptz(3),
    notification_id uuid,
    -- given_up: WeChat was away for too long, and may or may not have sent it
    result text CHECK (result IN ('sent', 'refused', 'given_up')),
    PRIMARY KEY (district_id, id),
    FOREIGN KEY (district_id, person_id) REFERENCES resident (district_id, id),
    FOREIGN KEY (district_id, notification_id) REFERENCES notification (district_id, id),
    CHECK ((spent_at IS NULL) = (notification_id IS NULL)),
    CHECK (result IS NULL OR spent_at IS NOT NULL)
);
CREATE INDEX notification_consent_unspent ON notification_consent (district_id, person_id, template, given_at, id)
    WHERE spent_at IS NULL;
-- One notice, one message.
CREATE UNIQUE INDEX notification_consent_once ON notification_consent (district_id, notification_id)
    WHERE notification_id IS NOT NULL;

-- Jobs that wait for somebody else's service are done apart, so that they hold up nobody.
ALTER TABLE job ADD COLUMN outward boolean NOT NULL DEFAULT false;
DROP INDEX job_due;
CREATE INDEX job_due ON job (district_id, outward, due_at) WHERE given_up_at IS NULL;
