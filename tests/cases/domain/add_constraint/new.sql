create domain quantity as numeric(10, 2)
    constraint quantity_positive check (value > 0)
    constraint quantity_sane check (value < 100000);

create table ingredient (
    id bigint primary key,
    amount quantity
);
