CREATE TABLE item (id integer NOT NULL);
CREATE TABLE thing (id integer NOT NULL);
CREATE TABLE book () INHERITS (thing);
ALTER TABLE thing ADD CONSTRAINT fits CHECK (id > 1) NOT VALID;
