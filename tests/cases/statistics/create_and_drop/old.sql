CREATE TABLE addresses (
    id bigint PRIMARY KEY,
    city text NOT NULL,
    postcode text NOT NULL,
    email text
);
