CREATE FOREIGN DATA WRAPPER post;
CREATE SERVER depot FOREIGN DATA WRAPPER post;
CREATE FOREIGN TABLE parcels (
    id bigint OPTIONS (remote_name 'number'),
    weight integer DEFAULT 2 NOT NULL,
    town text OPTIONS (trim 'no') COLLATE "C",
    sent date DEFAULT CURRENT_DATE,
    CHECK (weight > 0)
) SERVER depot OPTIONS (box '2', key 'under the mat');
ALTER FOREIGN TABLE parcels ALTER COLUMN weight SET STATISTICS 50;
CREATE VIEW weights AS SELECT id, weight FROM parcels;
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER refuse BEFORE INSERT ON parcels FOR EACH ROW EXECUTE FUNCTION refuse();
