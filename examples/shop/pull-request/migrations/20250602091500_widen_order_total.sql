-- A wholesale order does not fit into an integer.
ALTER TABLE orders ALTER COLUMN total_cents TYPE bigint;
