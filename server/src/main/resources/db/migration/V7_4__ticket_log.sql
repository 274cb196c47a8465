-- What other features may read of the log itself: what is hashed, and no words.
CREATE VIEW ticket_log AS
SELECT district_id, ticket_id, seq, type, at, data, hash FROM ticket_event;
