CREATE TABLE item (id integer NOT NULL, title text, CONSTRAINT item_fits CHECK (id > 1));
CREATE TABLE book () INHERITS (item);
CREATE TABLE novel () INHERITS (book);
