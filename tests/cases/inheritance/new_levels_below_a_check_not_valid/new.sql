CREATE TABLE item (id integer);
ALTER TABLE item ADD CONSTRAINT fits CHECK (id > 0) NOT VALID;
CREATE TABLE book () INHERITS (item);
CREATE TABLE novel () INHERITS (book);
