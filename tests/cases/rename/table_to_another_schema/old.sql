create schema archive;
create table plan (id serial primary key, week date);
create view weeks as select week from plan;
