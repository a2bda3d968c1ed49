CREATE TABLE item (id integer NOT NULL, title text);
CREATE TABLE customer (id text NOT NULL, code text);
CREATE TABLE book () INHERITS (item);
