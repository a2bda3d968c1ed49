create table stock (
    id bigint primary key,
    code text,
    weight numeric,
    note char(10)
);
