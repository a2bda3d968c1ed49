create table reader (
    id bigint primary key
);
