CREATE TABLE addresses (id bigint PRIMARY KEY, city text NOT NULL, postcode text NOT NULL);

CREATE STATISTICS addresses_place (dependencies) ON city, postcode FROM addresses;

ALTER STATISTICS addresses_place SET STATISTICS 500;

CREATE STATISTICS addresses_sample ON city, postcode FROM addresses;
