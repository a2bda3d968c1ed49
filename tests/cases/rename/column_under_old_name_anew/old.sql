create table food (id integer, note text);
