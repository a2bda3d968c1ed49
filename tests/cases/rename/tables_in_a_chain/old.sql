create table a (id integer); create table b (id integer, x text);
