create type size as enum (
    -- schemadiff: renamed from 'x l'
    'XL',
    's'
);
create table t (s size);
