create type mood as enum ('sad', 'ok');
create table t (m mood default 'ok');
create function f(m mood) returns mood language sql as 'select m';
