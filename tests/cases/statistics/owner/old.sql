CREATE TABLE addresses (id bigint PRIMARY KEY, city text, postcode text);

CREATE STATISTICS addresses_place ON city, postcode FROM addresses;
