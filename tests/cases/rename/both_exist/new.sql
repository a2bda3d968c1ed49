create table t (
    -- schemadiff: renamed from a
    b integer
);
