-- Staff accounts, made and changed by those above them, and how long a login lasts.

-- An account begins without a password: the code shown to whoever made it lets its holder set one, once. A reset likewise.
ALTER TABLE staff_login
    ALTER COLUMN password_hash DROP NOT NULL,
    ADD COLUMN activation_hash bytea,
    ADD COLUMN activation_expires_at timestamptz(3),
    ADD CONSTRAINT staff_login_activation CHECK ((activation_hash IS NULL) = (activation_expires_at IS NULL));

-- For finding somebody by their whole name; accounts of before have none until their name is next changed.
ALTER TABLE staff ADD COLUMN name_index bytea;
CREATE INDEX staff_name ON staff (district_id, name_index) WHERE name_index IS NOT NULL;

-- What was done to an account, by whom. Nothing of it changes any more but the key that its details are sealed under.
CREATE TABLE account_audit (
    district_id uuid NOT NULL REFERENCES district,
    id uuid NOT NULL,
    staff_id uuid NOT NULL,
    at timestamptz(3) NOT NULL,
    actor_id uuid NOT NULL REFERENCES person,
    action text NOT NULL CHECK (action IN ('created', 'changed', 'suspended', 'resumed', 'password_reset', 'activated',
        'password_changed')),
    -- names, roles, reasons: what the action says
    detail_sealed bytea NOT NULL,
    PRIMARY KEY (district_id, id),
    FOREIGN KEY (district_id, staff_id) REFERENCES staff
);
CREATE INDEX account_audit_staff ON account_audit (district_id, staff_id, id DESC);

CREATE FUNCTION account_audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - 'detail_sealed') = (to_jsonb(OLD) - 'detail_sealed') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'account_audit is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER account_audit_append_only BEFORE UPDATE OR DELETE ON account_audit
    FOR EACH ROW EXECUTE FUNCTION account_audit_is_append_only();
CREATE TRIGGER account_audit_no_truncate BEFORE TRUNCATE ON account_audit
    FOR EACH STATEMENT EXECUTE FUNCTION log_digest_is_append_only();

ALTER TABLE session ADD COLUMN last_used_at timestamptz(3);
UPDATE session s SET last_used_at = greatest(s.created_at,
    (SELECT max(t.created_at) FROM refresh_token t WHERE t.session_id = s.id));
ALTER TABLE session ALTER COLUMN last_used_at SET NOT NULL;
