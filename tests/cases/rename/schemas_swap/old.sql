create schema a;
create schema b;
create table a.one (id integer);
create table b.two (id integer);
