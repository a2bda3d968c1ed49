create table food (name text, kcal integer not null default 0);
