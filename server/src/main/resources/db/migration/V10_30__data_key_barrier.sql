-- An older key is retired only when nobody seals under it any more, and a whole pass has begun after that.

-- A key that was in the file at the first start of all, and may have values, but was not current. When a node names it
-- current it becomes the newest, which a key that has been current once never does again.
ALTER TABLE data_key_use ADD COLUMN never_current boolean NOT NULL DEFAULT false;
UPDATE data_key_use k SET never_current = true
WHERE key_id > 0 AND EXISTS (SELECT 1 FROM data_key_use o WHERE o.since = k.since AND o.n > k.n);

-- Keys that nothing is sealed under, and that nothing will be: what is sealed is opened by whoever has the newer ones.
CREATE TABLE data_key_retired (
    key_id smallint PRIMARY KEY,
    proof bytea NOT NULL,
    retired_at timestamptz(3) NOT NULL DEFAULT now()
);

-- At most one row: it stands since there was no connection left that seals under an older key, until there is one again.
CREATE TABLE data_key_barrier (
    n bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY
);

-- Of each district, the barrier that stood when its latest whole pass began.
CREATE TABLE data_key_pass (
    district_id uuid PRIMARY KEY REFERENCES district,
    barrier bigint NOT NULL
);

-- The number that sets these locks apart from others.
CREATE FUNCTION data_key_locks() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1752529257';

-- Called by each connection before anything sealed is written through it. For as long as it lives it holds a shared lock
-- on the key: whoever is killed, frozen or cut off, what they have sealed is committed while the lock is held or never.
-- False where the key has been retired, or was never named at a start: then nothing may be written under it.
CREATE FUNCTION announce_data_key(key smallint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_lock_shared(data_key_locks(), key);
    IF NOT EXISTS (SELECT 1 FROM data_key_use WHERE key_id = key) THEN
        RETURN false;
    END IF;
    IF key <> (SELECT key_id FROM data_key_use WHERE key_id > 0 ORDER BY n DESC LIMIT 1) THEN
        LOCK TABLE data_key_use IN SHARE ROW EXCLUSIVE MODE;
        DELETE FROM data_key_barrier;
    END IF;
    RETURN true;
END
$$;

-- Whether no connection seals under another key, nor will before this transaction ends: others wait for it to announce theirs.
CREATE FUNCTION data_keys_unannounced(current_key smallint) RETURNS boolean LANGUAGE sql AS $$
    SELECT coalesce(bool_and(pg_try_advisory_xact_lock(data_key_locks(), key_id)), true)
    FROM data_key_use WHERE key_id NOT IN (0, current_key)
$$;
