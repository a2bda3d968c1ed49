create table shift (
    id bigint primary key
);
