create table food (id integer primary key);
create table meal (food integer references food);
create view eaten as select f.id from food as f join meal as m on m.food = f.id;
create function foods() returns setof food language sql begin atomic select * from food; end;
create function first_food() returns food language sql as 'select * from public.food limit 1';
