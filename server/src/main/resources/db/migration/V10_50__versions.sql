-- What is approved is what was seen: who approves names the version, and it is compared under the row's lock.

ALTER TABLE resident
    -- counts the changes of what a document shows: the name, the birth date, and whether it was verified
    ADD COLUMN version int NOT NULL DEFAULT 1,
    -- counts the changes of the name alone
    ADD COLUMN name_version int NOT NULL DEFAULT 1;

-- The name under which somebody asked to join.
ALTER TABLE household_member ADD COLUMN name_version int NOT NULL DEFAULT 1;
