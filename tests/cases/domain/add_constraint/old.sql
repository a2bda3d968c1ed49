create domain quantity as numeric(10, 2);

create table ingredient (
    id bigint primary key,
    amount quantity
);
