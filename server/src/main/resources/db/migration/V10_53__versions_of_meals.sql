-- Counts the changes of what a meal offers: its dishes, price, times and capacity, not what is booked.
ALTER TABLE meal ADD COLUMN version int NOT NULL DEFAULT 1;
