CREATE TABLE item (id integer NOT NULL, title text NOT NULL);
CREATE TABLE customer (id integer NOT NULL, code text);
CREATE TABLE book () INHERITS (item, customer);
ALTER TABLE item ADD CONSTRAINT item_fits CHECK (id > 0) NOT VALID;
ALTER TABLE item ADD CONSTRAINT item_titled CHECK (title <> '');
