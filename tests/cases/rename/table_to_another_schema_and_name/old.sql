create schema archive;
create table plan (id integer primary key, week date);
