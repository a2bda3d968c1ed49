CREATE TABLE line (id bigint PRIMARY KEY, quantity integer NOT NULL, doubled integer);
CREATE TABLE gift (giver text) INHERITS (line);
