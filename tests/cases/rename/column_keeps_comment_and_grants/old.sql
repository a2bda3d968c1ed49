create table food (id integer, kcal integer);
comment on column food.kcal is 'per 100 g';
grant select (kcal) on food to rename_reader;
