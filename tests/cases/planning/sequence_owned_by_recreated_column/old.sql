create table visit (
    id bigint primary key,
    number serial
);

create table entry (
    id bigint primary key
);
