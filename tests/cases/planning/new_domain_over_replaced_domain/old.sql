create domain code as varchar(20);

create table product (
    id bigint primary key,
    code code not null
);
