CREATE TABLE item (id integer NOT NULL, CONSTRAINT item_fits CHECK (id > 0));
CREATE TABLE book (id integer NOT NULL);
