create domain price as numeric
    constraint price_max check (value < 10000);

create table product (
    id bigint primary key,
    price price
);
