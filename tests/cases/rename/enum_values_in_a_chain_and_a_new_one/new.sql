create type mood as enum (
    -- schemadiff: renamed from a
    'b',
    -- schemadiff: renamed from b
    'c',
    'd'
);
