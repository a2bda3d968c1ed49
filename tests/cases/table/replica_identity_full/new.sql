create table product (
    id bigint primary key,
    name text
);

alter table product replica identity full;
