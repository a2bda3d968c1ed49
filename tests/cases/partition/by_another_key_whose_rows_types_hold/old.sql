CREATE TABLE event (id bigint NOT NULL, happened_on date NOT NULL) PARTITION BY HASH (id);
CREATE TABLE event_all PARTITION OF event FOR VALUES WITH (MODULUS 1, REMAINDER 0);
CREATE TYPE history AS (part event_all[], whole event[]);
CREATE TABLE archive (id integer PRIMARY KEY, histories history[]);
CREATE VIEW pair AS SELECT a AS x, b AS y FROM event AS a, event_all AS b;
