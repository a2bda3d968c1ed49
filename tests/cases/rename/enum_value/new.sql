create type mood as enum (
    'sad',
    -- schemadiff: renamed from ok
    'fine'
);
create table t (m mood default 'fine');
create view v as select m from t where m = 'fine';
