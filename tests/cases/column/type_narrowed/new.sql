create table stock (
    id integer primary key,
    code varchar(5),
    weight numeric(6, 1),
    note char(4)
);
