create table price (
    net numeric not null,
    gross numeric generated always as (net * 1.2) stored
);

create table list_price (
    net numeric not null,
    gross numeric generated always as (net * 1.2) stored
);

alter table list_price inherit price;
