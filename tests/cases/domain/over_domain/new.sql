create domain positive as numeric
    constraint positive_check check (value > 0);

create domain price as positive
    constraint price_max check (value < 10000);

create table product (
    id bigint primary key,
    price price
);
