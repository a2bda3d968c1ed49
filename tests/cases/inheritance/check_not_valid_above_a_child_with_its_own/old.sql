CREATE TABLE item (id integer);
CREATE TABLE book (CONSTRAINT fits CHECK (id > 0)) INHERITS (item);
CREATE TABLE novel () INHERITS (book);
