create table food (id integer generated always as identity primary key, name text);
