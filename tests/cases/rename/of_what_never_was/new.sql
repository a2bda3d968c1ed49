create table t (a integer,
    -- schemadiff: renamed from x
    b integer
);
