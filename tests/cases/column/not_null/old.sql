create table reader (
    id bigint primary key,
    name text,
    email text not null
);
