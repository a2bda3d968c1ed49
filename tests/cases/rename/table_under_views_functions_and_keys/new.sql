-- schemadiff: renamed from food
create table foods (id integer constraint food_pkey primary key);
create table meal (food integer references foods);
create view eaten as select f.id from foods as f join meal as m on m.food = f.id;
create function foods() returns setof foods language sql begin atomic select * from foods; end;
create function first_food() returns foods language sql as 'select * from public.foods limit 1';
