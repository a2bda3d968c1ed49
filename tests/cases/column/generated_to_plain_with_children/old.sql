CREATE TABLE line (id bigint PRIMARY KEY, quantity integer NOT NULL, doubled integer GENERATED ALWAYS AS (quantity * 2) STORED);
CREATE TABLE gift (giver text) INHERITS (line);
