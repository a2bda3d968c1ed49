CREATE TABLE customer (id integer NOT NULL, code varchar(20), length integer GENERATED ALWAYS AS (length(code::text)) STORED);
CREATE TABLE supplier () INHERITS (customer);
