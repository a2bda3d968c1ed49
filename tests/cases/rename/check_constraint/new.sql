create table t (a integer,
    -- schemadiff: renamed from positive
    constraint above_zero check (a > 0));
