CREATE TABLE person (id int, name text NOT NULL);
CREATE TABLE copy (name text CONSTRAINT person_name_not_null NOT NULL);
