CREATE SCHEMA office;
CREATE TABLE office.event (id bigint NOT NULL, happened_on date NOT NULL) PARTITION BY RANGE (happened_on);
CREATE TABLE office.event_all PARTITION OF office.event DEFAULT;
CREATE TYPE office.history AS (part office.event_all[], whole office.event[]);
CREATE TABLE office.archive (id integer PRIMARY KEY, histories office.history[]);
CREATE RULE event_is_archived AS ON UPDATE TO office.event DO ALSO SELECT 1 FROM office.archive;
