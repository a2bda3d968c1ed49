create table book (id bigint primary key, title text);
grant select (title) on book to app_writer with grant option;
set role app_writer;
grant select (title) on book to app_reader;
reset role;
