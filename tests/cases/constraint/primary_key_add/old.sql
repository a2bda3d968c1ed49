create table reader (
    id bigint,
    name text
);
