create table t (
    -- schemadiff: renamed from b
    a text,
    -- schemadiff: renamed from a
    b text
, c integer);
