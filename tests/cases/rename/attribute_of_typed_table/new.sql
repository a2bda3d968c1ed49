create type pair as (
    -- schemadiff: renamed from a
    x integer,
    b integer
);
create table t of pair;
