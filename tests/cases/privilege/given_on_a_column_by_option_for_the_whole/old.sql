create table book (id bigint primary key, title text);
grant select on book to app_writer with grant option;
grant update on book to app_reader;
set role app_writer;
grant select (title) on book to app_reader;
reset role;
