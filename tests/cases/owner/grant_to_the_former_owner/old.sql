create schema library authorization app_owner;
create table library.book (id bigint primary key, title text);
alter table library.book owner to app_owner;
create function library.shelves() returns integer language sql return 3;
alter function library.shelves() owner to app_owner;
create type library.mood as enum ('dull', 'gripping');
alter type library.mood owner to app_owner;
