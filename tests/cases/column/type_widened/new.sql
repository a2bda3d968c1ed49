create table stock (
    id bigint primary key,
    code varchar(40),
    weight numeric(12, 2),
    count integer,
    counted_at timestamp
);
