create table reader (
    id bigint primary key,
    email text unique,
    phone text
);
