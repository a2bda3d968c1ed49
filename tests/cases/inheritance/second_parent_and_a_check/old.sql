CREATE TABLE item (id integer NOT NULL, title text);
CREATE TABLE customer (id integer NOT NULL, code text);
CREATE TABLE book () INHERITS (item);
ALTER TABLE item ADD CONSTRAINT item_fits CHECK (id > 0);
