-- After every migration, and at every start: the rights of the role that the service runs as. It owns nothing, so it can
-- neither change a table nor switch a trigger off, and what is append-only it can only add to.
DO $$
DECLARE
    service text := '${serviceRole}';
    append_only text;
BEGIN
    -- Nodes that start at the same time would both rewrite the same rows of the catalogue.
    PERFORM pg_advisory_xact_lock(hashtext('huying rights'));
    IF service <> current_user THEN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema, service);
        -- In one transaction with the grants below: nobody sees the moment without.
        EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM %I', current_schema, service);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO %I', current_schema, service);
        FOREACH append_only IN ARRAY ARRAY['ticket_event', 'log_digest', 'log_digest_head', 'completion_report',
            'account_audit', 'unmasking', 'resident_change', 'ticket_actor', 'clock_incident'] LOOP
            EXECUTE format('REVOKE UPDATE, DELETE ON %I FROM %I', append_only, service);
        END LOOP;
        -- When an event was taken in is the database's word alone.
        EXECUTE format('REVOKE INSERT ON ticket_event FROM %I', service);
        EXECUTE format('GRANT INSERT (district_id, ticket_id, seq, type, at, actor_ref, actor_kind, actor_org_id, '
            'on_behalf_of_ref, data, previous_hash, hash, shown_sealed) ON ticket_event TO %I', service);
        -- Words may be erased, and sealed anew under another key.
        EXECUTE format('GRANT UPDATE (shown_sealed) ON ticket_event TO %I', service);
        EXECUTE format('GRANT UPDATE (detail_sealed) ON account_audit TO %I', service);
        EXECUTE format('GRANT UPDATE (reason_sealed, asked_sealed) ON unmasking TO %I', service);
        EXECUTE format('GRANT UPDATE (reason_sealed) ON resident_change TO %I', service);
        EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON flyway_schema_history FROM %I', service);
    END IF;
    IF has_table_privilege(service, 'ticket_event', 'DELETE') OR pg_has_role(service, current_user, 'MEMBER') THEN
        RAISE WARNING 'the service runs as a role that could rewrite the event log; give it a lesser one, see operations.md';
    END IF;
END
$$;
