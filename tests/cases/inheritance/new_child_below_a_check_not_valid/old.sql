CREATE TABLE item (id integer);
ALTER TABLE item ADD CONSTRAINT fits CHECK (id > 0) NOT VALID;
-- The server validates it for what comes after it: no file says so, and pg_dump writes the constraint last.
CREATE TABLE book () INHERITS (item);
