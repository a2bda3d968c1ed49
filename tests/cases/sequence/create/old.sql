create table invoice (
    number bigint primary key
);
