create domain positive as numeric
    constraint positive_check check (value > 0);

create table product (
    id bigint primary key,
    price positive
);
