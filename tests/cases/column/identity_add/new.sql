create table reader (
    id bigint generated always as identity primary key,
    name text
);
