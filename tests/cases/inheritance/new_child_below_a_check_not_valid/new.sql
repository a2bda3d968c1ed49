CREATE TABLE item (id integer);
CREATE TABLE book () INHERITS (item);
CREATE TABLE novel () INHERITS (book);
ALTER TABLE item ADD CONSTRAINT fits CHECK (id > 0) NOT VALID;
