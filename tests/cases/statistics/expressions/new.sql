CREATE TABLE addresses (id bigint PRIMARY KEY, country varchar(2), postcode text);

CREATE STATISTICS addresses_near ON (country IN ('nl', 'be', 'de')), (left(postcode, 2)) FROM addresses;
