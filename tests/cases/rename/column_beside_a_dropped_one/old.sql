create table food (id integer, kcal integer, old_note text);
