CREATE TABLE item (id integer NOT NULL, CONSTRAINT item_fits CHECK (id > 0) NO INHERIT);
CREATE TABLE book () INHERITS (item);
