CREATE TABLE draft (title text);
CREATE TABLE chapter (draft integer) INHERITS (draft);
