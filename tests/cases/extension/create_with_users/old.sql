create table author (
    id bigint primary key,
    name text not null
);

create table reader (
    id bigint primary key
);
