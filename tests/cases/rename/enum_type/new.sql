-- schemadiff: renamed from mood
create type feeling as enum ('sad', 'ok');
create table t (m feeling default 'ok');
create function f(m feeling) returns feeling language sql as 'select m';
