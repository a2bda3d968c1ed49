-- schemadiff: renamed from shop
create schema store;
create type store.size as enum ('s', 'l');
create table store.item (id serial primary key, size store.size);
create view store.large as select id from store.item where size = 'l';
create function store.count() returns bigint language sql begin atomic select count(*) from store.item; end;
