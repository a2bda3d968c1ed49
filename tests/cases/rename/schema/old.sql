create schema shop;
create type shop.size as enum ('s', 'l');
create table shop.item (id serial primary key, size shop.size);
create view shop.large as select id from shop.item where size = 'l';
create function shop.count() returns bigint language sql begin atomic select count(*) from shop.item; end;
