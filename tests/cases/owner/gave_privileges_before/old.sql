create table book (id bigint primary key);
alter table book owner to app_owner;
set role app_owner;
grant select on book to app_writer with grant option;
set role app_writer;
grant select on book to app_reader;
reset role;
