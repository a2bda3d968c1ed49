CREATE FOREIGN DATA WRAPPER post;
CREATE SERVER depot VERSION '1' FOREIGN DATA WRAPPER post OPTIONS (street 'Mill Lane', number '4');
CREATE FOREIGN TABLE parcels (weight integer) SERVER depot;
