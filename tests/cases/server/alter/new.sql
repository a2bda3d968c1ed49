CREATE FOREIGN DATA WRAPPER post;
CREATE SERVER depot FOREIGN DATA WRAPPER post OPTIONS (number '5', town 'Leeds');
CREATE FOREIGN TABLE parcels (weight integer) SERVER depot;
