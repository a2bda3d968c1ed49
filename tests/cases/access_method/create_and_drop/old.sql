CREATE TABLE foods (name text);
