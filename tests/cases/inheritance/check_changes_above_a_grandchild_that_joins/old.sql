CREATE TABLE item (id integer NOT NULL, title text, CONSTRAINT item_fits CHECK (id > 0));
CREATE TABLE book () INHERITS (item);
CREATE TABLE novel (id integer NOT NULL, title text);
