create schema extensions;

create table place (
    id bigint primary key
);

create extension cube with schema extensions;

create extension earthdistance with schema extensions;
