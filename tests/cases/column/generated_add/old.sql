create table person (
    id bigint primary key,
    given text not null,
    family text not null
);
