create domain code as varchar(10);

create domain product_code as code check (value like 'P%');

create table product (
    id bigint primary key,
    code code not null
);
