create table shop (
    id bigint primary key
);

create table a (
    id bigint primary key,
    c_id bigint
);

create table b (
    id bigint primary key,
    a_id bigint references a
);

create table c (
    id bigint primary key,
    b_id bigint references b
);

alter table a add foreign key (c_id) references c;
