CREATE TABLE event (id bigint NOT NULL, happened_on date NOT NULL) PARTITION BY RANGE (happened_on);
CREATE TABLE event_all PARTITION OF event DEFAULT;
CREATE TYPE history AS (part event_all[], whole event[]);
CREATE TABLE archive (id integer PRIMARY KEY, histories history[]);
