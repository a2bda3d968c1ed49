CREATE TABLE foods (id integer PRIMARY KEY);
