CREATE TABLE addresses (id bigint PRIMARY KEY, city text, postcode text, country text);

CREATE STATISTICS addresses_place ON city, postcode, country FROM addresses;

CREATE STATISTICS addresses_town ON city, (upper(postcode)) FROM addresses;
