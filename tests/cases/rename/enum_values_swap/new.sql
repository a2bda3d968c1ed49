create type mood as enum (
    -- schemadiff: renamed from low
    'high',
    -- schemadiff: renamed from high
    'low'
);
create table t (m mood);
