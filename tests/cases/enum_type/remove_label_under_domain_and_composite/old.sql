create type currency as enum ('eur', 'usd', 'dem');

create domain known_currency as currency
    constraint known_currency_not_null not null;

create type money_amount as (
    amount numeric(12, 2),
    currency currency
);

create table invoice (
    id bigint primary key,
    total money_amount,
    paid_in known_currency
);
