create table food (id integer, kcal integer);
