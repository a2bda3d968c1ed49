CREATE TABLE item (id integer NOT NULL);
CREATE TABLE thing (id integer NOT NULL);
CREATE TABLE book () INHERITS (item);
ALTER TABLE item ADD CONSTRAINT fits CHECK (id > 0);
