-- Every node asks twice a second which sessions have ended.
CREATE INDEX session_revoked ON session (revoked_at) WHERE revoked_at IS NOT NULL;

-- What somebody has given, for themselves to see.
CREATE INDEX mandate_grantor ON mandate (district_id, grantor_id);
