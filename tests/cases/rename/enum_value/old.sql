create type mood as enum ('sad', 'ok');
create table t (m mood default 'ok');
create view v as select m from t where m = 'ok';
