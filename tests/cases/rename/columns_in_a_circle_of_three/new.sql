create table t (
    -- schemadiff: renamed from c
    a boolean,
    -- schemadiff: renamed from a
    b text,
    -- schemadiff: renamed from b
    c integer
);
