create type pair as (a bigint, b integer);
create table held of pair;
create table report (line held);
