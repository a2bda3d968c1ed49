CREATE TABLE customer (id integer PRIMARY KEY, name text UNIQUE);
CREATE TABLE purchase (customer integer REFERENCES customer (id), day date NOT NULL, region text NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE purchase_any PARTITION OF purchase DEFAULT;
