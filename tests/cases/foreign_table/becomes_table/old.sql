CREATE FOREIGN DATA WRAPPER post;
CREATE SERVER depot FOREIGN DATA WRAPPER post;
CREATE FOREIGN TABLE parcels (id integer, weight integer) SERVER depot;
CREATE VIEW weights AS SELECT weight FROM parcels;
