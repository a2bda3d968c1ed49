CREATE TABLE addresses (id bigint PRIMARY KEY, city text NOT NULL, postcode text NOT NULL);

CREATE STATISTICS addresses_place (ndistinct, mcv) ON city, postcode FROM addresses;

CREATE STATISTICS addresses_sample ON city, postcode FROM addresses;

ALTER STATISTICS addresses_sample SET STATISTICS 0;
