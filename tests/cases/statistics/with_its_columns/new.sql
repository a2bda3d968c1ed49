CREATE TABLE addresses (id bigint PRIMARY KEY, city varchar(80), postcode text);

CREATE STATISTICS addresses_place ON city, postcode FROM addresses;

CREATE STATISTICS addresses_town ON city, (upper(postcode)) FROM addresses;
