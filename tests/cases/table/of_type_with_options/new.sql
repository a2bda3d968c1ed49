create type person as (
    id bigint,
    name text
);

create table reader of person (
    id with options primary key,
    name with options not null default 'nobody'
);
