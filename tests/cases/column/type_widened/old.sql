create table stock (
    id integer primary key,
    code varchar(10),
    weight numeric(6, 2),
    count smallint,
    counted_at timestamp(0)
);
