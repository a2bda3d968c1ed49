CREATE TABLE addresses (
    id bigint PRIMARY KEY,
    city text NOT NULL,
    postcode text NOT NULL,
    email text
);

CREATE STATISTICS addresses_place ON city, postcode FROM addresses;

CREATE STATISTICS addresses_email ON (lower(email)) FROM addresses;

COMMENT ON STATISTICS addresses_place IS 'a postcode lies in one city';
