create table reader (
    id bigint primary key,
    email text,
    phone text unique
);
