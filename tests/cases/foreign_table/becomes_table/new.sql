CREATE TABLE parcels (id integer, weight integer);
CREATE VIEW weights AS SELECT weight FROM parcels;
