CREATE TABLE item (id integer NOT NULL);
CREATE TABLE book () INHERITS (item);
CREATE TABLE novel () INHERITS (book);
