-- The name's version when somebody first bound a number: who changes their name afterwards tries no names.
ALTER TABLE resident ADD COLUMN bound_name_version integer;
UPDATE resident SET bound_name_version = name_version WHERE phone_bound_at IS NOT NULL;
