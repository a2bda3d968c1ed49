CREATE TABLE customer (id integer NOT NULL, code text, length integer GENERATED ALWAYS AS (length(code::text)) STORED);
CREATE TABLE supplier (id integer NOT NULL, title text);
