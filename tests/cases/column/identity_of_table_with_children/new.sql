CREATE TABLE draft (id integer GENERATED ALWAYS AS IDENTITY (START 10), title text);
CREATE TABLE chapter (draft integer) INHERITS (draft);
