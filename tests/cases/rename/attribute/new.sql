create type pair as (
    -- schemadiff: renamed from a
    x integer,
    b integer
);
create table t (p pair);
