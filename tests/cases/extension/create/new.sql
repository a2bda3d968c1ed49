create table article (
    id bigint primary key
);

create extension hstore;
