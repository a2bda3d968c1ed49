CREATE TABLE thing (id integer PRIMARY KEY, found text, unfit text, key text, place text, complaint text, it integer, other integer);
