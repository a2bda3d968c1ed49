CREATE TABLE thing (
    id integer PRIMARY KEY, found text NOT NULL UNIQUE, unfit text NOT NULL, key text NOT NULL, place text NOT NULL UNIQUE,
    complaint text CHECK (complaint <> 'found'), it integer, other integer REFERENCES thing
);
