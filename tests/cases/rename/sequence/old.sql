create sequence s start 10;
create table t (id integer default nextval('s'));
