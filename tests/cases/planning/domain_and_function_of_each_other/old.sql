create table shop (
    id bigint primary key
);
