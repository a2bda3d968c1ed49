create table t (
    -- schemadiff: renamed from a
    b text,
    -- schemadiff: renamed from b
    c text,
    other integer
);
